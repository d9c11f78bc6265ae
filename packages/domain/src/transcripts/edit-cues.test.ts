import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { formatTime, parseOffset, parseTime } from './clock.ts'
import { digestOf, type DraftCue } from './draft-cue.ts'
import { type SentRow, withRows } from './save-rows.ts'
import { foundIn, matched, renamed, replaced, shifted } from './whole-transcript.ts'

const cue = (id: number, body: string, more: Partial<DraftCue> = {}): DraftCue => {
  return { id, startsMs: id * 1000, endsMs: null, speaker: 'Ann', personId: 7, body, ...more }
}

/** The row as a form shows it, with what somebody typed into it. */
const row = (shown: DraftCue, typed: Partial<SentRow> = {}): SentRow => ({
  id: shown.id ?? 0,
  was: digestOf(shown),
  starts: shown.startsMs === null ? '' : formatTime(shown.startsMs),
  ends: shown.endsMs === null ? '' : formatTime(shown.endsMs),
  speaker: shown.speaker ?? '',
  body: shown.body,
  removed: false,
  joined: false,
  ...typed,
})

const CUES = [
  cue(1, 'Tea?'),
  cue(2, 'No, thank you.', { speaker: 'Bo', personId: null }),
  cue(3, 'Milk?'),
]
const [FIRST, SECOND, THIRD] = CUES as [DraftCue, DraftCue, DraftCue]
const said = ({ cues }: { cues: readonly DraftCue[] }) =>
  cues.map(({ startsMs, body }) => [startsMs, body])

describe('rows of a transcript', () => {
  it('are as they were when nothing was typed', () => {
    const result = withRows(
      CUES,
      CUES.map((each) => row(each)),
    )

    assert.deepEqual(result, { cues: CUES, problems: [], clashes: [] })
  })

  it('change, go, and are joined to the one above', () => {
    assert.deepEqual(said(withRows(CUES, [row(SECOND, { body: ' No. ', starts: '2.5' })]))[1], [
      2500,
      'No.',
    ])
    assert.deepEqual(said(withRows(CUES, [row(SECOND, { removed: true })])), [
      [1000, 'Tea?'],
      [3000, 'Milk?'],
    ])
    assert.deepEqual(said(withRows(CUES, [row(SECOND, { joined: true })])), [
      [1000, 'Tea? No, thank you.'],
      [3000, 'Milk?'],
    ])
    assert.deepEqual(said(withRows(CUES, [row(SECOND, { body: ' ' })])).length, 2)
  })

  it('are parted by an empty line, the time shared by what is said', () => {
    const long = cue(5, 'aaaa bbbb', { startsMs: 10_000, endsMs: 20_000 })

    const { cues } = withRows([long], [row(long, { body: 'aaaaa\r\n\r\nbbbbb' })])

    assert.deepEqual(
      cues.map(({ id, startsMs, endsMs, body, personId }) => [
        id,
        startsMs,
        endsMs,
        body,
        personId,
      ]),
      [
        [5, 10_000, 15_000, 'aaaaa', 7],
        [null, 15_000, 20_000, 'bbbbb', 7],
      ],
    )
  })

  it('say what is wrong with a time, on its row', () => {
    const wrong = (typed: Partial<SentRow>) =>
      withRows(CUES, [row(SECOND, typed)]).problems.map(
        ({ id, field, message }) => `${id} ${field} ${message}`,
      )

    assert.deepEqual(wrong({ starts: 'soon' }), ['2 starts is no time such as 1:02:03.5'])
    assert.deepEqual(wrong({ starts: '0:03.1' }), ['2 starts is after the cue below it'])
    assert.deepEqual(wrong({ starts: '0:00.9' }), ['2 starts is before the cue above it'])
    assert.deepEqual(wrong({ ends: '0:02' }), ['2 ends must be later than the start'])
    assert.deepEqual(wrong({ starts: '', ends: '0:02' }), [
      "2 starts can't be blank where there is an end",
    ])
    assert.deepEqual(wrong({ starts: '', body: 'untimed' }), [])
  })

  it('leave what somebody else changed, unless it was changed here too', () => {
    const theirs = [FIRST, { ...SECOND, body: 'No!' }, THIRD]

    const beside = withRows(theirs, [row(FIRST, { body: 'Tea, then?' }), row(SECOND)])
    const across = withRows(theirs, [row(SECOND, { body: 'Never.' })])
    const gone = withRows([FIRST], [row(THIRD, { body: 'Cream?' }), row(SECOND)])

    assert.deepEqual(beside.clashes, [])
    assert.deepEqual(
      beside.cues.map(({ body }) => body),
      ['Tea, then?', 'No!', 'Milk?'],
    )
    assert.deepEqual(across.clashes, [{ id: 2, now: theirs[1] }])
    assert.deepEqual(gone.clashes, [{ id: 3, now: undefined }])
  })

  it('know a speaker who is known in the transcript', () => {
    const { cues } = withRows(CUES, [row(SECOND, { speaker: 'Ann' })])

    assert.deepEqual([cues[1]?.speaker, cues[1]?.personId], ['Ann', 7])
  })
})

const cuesOfAnything = fc
  .array(
    fc.record({
      startsMs: fc.option(fc.nat(1e8)),
      lasts: fc.option(fc.integer({ min: 1, max: 1e6 })),
      speaker: fc.option(fc.constantFrom('Ann', 'Bo', 'Cy')),
      body: fc.string({ minLength: 1 }),
    }),
  )
  .map((all) =>
    all.map(({ lasts, ...said }, index): DraftCue => {
      const endsMs = said.startsMs === null || lasts === null ? null : said.startsMs + lasts
      return { ...said, id: index + 1, endsMs, personId: null }
    }),
  )

describe('a whole transcript', () => {
  it('shifted, and then shifted back, is as it was', () => {
    fc.assert(
      fc.property(cuesOfAnything, fc.integer({ min: -1e8, max: 1e8 }), (cues, by) => {
        const there = shifted(cues, by)
        if (!('cues' in there)) return
        assert.deepEqual(shifted(there.cues, -by), { cues })
      }),
    )
  })

  it('goes no further back than its first words', () => {
    assert.deepEqual(shifted(CUES, -1001), { mostBackMs: 1000 })
    assert.deepEqual(said(shifted(CUES, -1000) as { cues: DraftCue[] })[0], [0, 'Tea?'])
  })

  it('with a speaker renamed has the same words, and with the name back is as it was', () => {
    fc.assert(
      fc.property(cuesOfAnything, (cues) => {
        assert.deepEqual(renamed(renamed(cues, 'Ann', 'Anna'), 'Anna', 'Ann'), cues)
      }),
    )
  })

  it('knows a speaker everywhere, or not', () => {
    const known = matched(CUES, 'Bo', 9)

    assert.deepEqual(
      known.map(({ personId }) => personId),
      [7, 9, 7],
    )
    assert.deepEqual(matched(known, 'Bo', null), CUES)
    assert.deepEqual(
      renamed(known, 'Bo', 'Ann').map(({ personId }) => personId),
      [7, 7, 7],
    )
  })

  it('has words replaced literally, whole or by letters', () => {
    const cues = [cue(1, 'C++ and c++, $& or Go'), cue(2, 'Gopher')]
    const words = { find: 'c++', replacement: '$1', matchCase: false, wholeWords: false }

    assert.deepEqual(replaced(cues, words).cues[0]?.body, '$1 and $1, $& or Go')
    assert.equal(replaced(cues, { ...words, matchCase: true }).count, 1)
    assert.equal(replaced(cues, { ...words, find: 'go', wholeWords: true }).count, 1)
    assert.equal(replaced(cues, { ...words, find: 'Gopher', replacement: '' }).cues.length, 1)
    assert.deepEqual(foundIn(cues, { find: 'go', matchCase: false, wholeWords: false }), [0, 1])
  })

  it('finds any words where they stand, whatever signs are in them', () => {
    const text = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('well-known', '[a-z]', '/'))

    fc.assert(
      fc.property(text, fc.string(), fc.boolean(), (find, around, matchCase) => {
        const said = [cue(1, `${around}${find}${around}`)]
        assert.deepEqual(foundIn(said, { find, matchCase, wholeWords: false }), [0])
      }),
    )
  })
})

describe('a time', () => {
  it('is read back as it is shown', () => {
    fc.assert(fc.property(fc.nat(2 ** 31 - 1), (ms) => assert.equal(parseTime(formatTime(ms)), ms)))
  })

  it('is what people type, or nothing', () => {
    assert.deepEqual(
      ['1:02:03.5', '62:03', '90', '0:01,25', '1:60', '1:2:3:4', 'x', ''].map(parseTime),
      [3_723_500, 3_723_000, 90_000, 1250, null, null, null, null],
    )
    assert.deepEqual(['-0:01.5', '+2', '−3', '0:10'].map(parseOffset), [-1500, 2000, -3000, 10_000])
  })
})
