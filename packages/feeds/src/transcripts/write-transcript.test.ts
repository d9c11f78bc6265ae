import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import {
  isTimed,
  readTranscript,
  writeTranscript,
  type Cue,
  type TranscriptType,
} from '../index.ts'
import { collapse } from '../values.ts'

const cues: Cue[] = [
  { startsMs: 500, endsMs: 2000, speaker: 'Ann & Co', text: 'Tea <and> cake' },
  {
    startsMs: 2000,
    endsMs: null,
    speaker: 'Ann & Co',
    text: 'at four --> sharp, and not a minute later than that, I do beg of you',
  },
  { startsMs: 3_723_045, endsMs: null, speaker: null, text: '[applause]' },
]

describe('writeTranscript', () => {
  it('writes WebVTT with voices and short lines', () => {
    assert.equal(
      writeTranscript(cues, 'text/vtt'),
      `WEBVTT

00:00:00.500 --> 00:00:02.000
<v Ann &amp; Co>Tea &lt;and&gt; cake

00:00:02.000 --> 01:02:03.045
<v Ann &amp; Co>at four --&gt; sharp, and not a minute later than that, I do beg of
you

01:02:03.045 --> 01:02:03.695
[applause]
`,
    )
  })

  it('writes SubRip, naming a speaker where it changes', () => {
    assert.equal(
      writeTranscript(cues, 'application/x-subrip'),
      `1
00:00:00,500 --> 00:00:02,000
Ann & Co: Tea <and> cake

2
00:00:02,000 --> 01:02:03,045
at four → sharp, and not a
minute later than that, I do beg
of you

3
01:02:03,045 --> 01:02:03,695
[applause]
`,
    )
  })

  it('writes JSON, HTML and plain text', () => {
    assert.deepEqual(JSON.parse(writeTranscript(cues.slice(0, 1), 'application/json')), {
      version: '1.0.0',
      segments: [{ speaker: 'Ann & Co', startTime: 0.5, endTime: 2, body: 'Tea <and> cake' }],
    })
    assert.equal(
      writeTranscript([cues[0]!, cues[2]!], 'text/html'),
      '<cite>Ann &amp; Co:</cite>\n<time>0:00</time>\n<p>Tea &lt;and&gt; cake</p>\n<cite></cite>\n<time>1:02:03</time>\n<p>[applause]</p>\n',
    )
    assert.equal(writeTranscript(cues.slice(0, 1), 'text/plain'), 'Ann & Co: Tea <and> cake\n')
  })

  it('refuses captions without times, and writes the rest', () => {
    const untimed = [{ startsMs: null, endsMs: null, speaker: 'Ann', text: 'Tea' }]

    assert.equal(isTimed(untimed), false)
    assert.equal(isTimed(cues), true)
    assert.throws(() => writeTranscript(untimed, 'text/vtt'), {
      code: 'untimed',
      message: /has no times/,
    })
    assert.equal(writeTranscript(untimed, 'text/html'), '<cite>Ann:</cite>\n<p>Tea</p>\n')
  })
})

const words = fc.constantFrom(
  'tea',
  'Café',
  '&amp;',
  '🫖',
  'שלום',
  "it's",
  '10',
  'a<b',
  'c>d',
  '-->',
  'supercalifragilisticexpialidocious',
)
const speaker = fc.constantFrom('Ann', 'Bo Li', 'Dr. Wu', '山田')
const spoken = fc
  .array(words, { minLength: 1, maxLength: 30 })
  .map((each) => `and ${each.join(' ')}`)
const timed = fc
  .array(fc.record({ lasts: fc.integer({ min: 1, max: 9000 }), speaker, text: spoken }), {
    minLength: 1,
  })
  .map((parts): Cue[] => {
    let at = 0
    return parts.map(({ lasts, ...said }) => ({ startsMs: at, endsMs: (at += lasts), ...said }))
  })

const comesBack = (type: TranscriptType, kept: (cue: Cue) => unknown) =>
  fc.assert(
    fc.property(timed, (cues) => {
      assert.deepEqual(readTranscript(writeTranscript(cues, type), type).map(kept), cues.map(kept))
    }),
  )

describe('what is written reads back', () => {
  it('equal, as WebVTT', () => comesBack('text/vtt', (cue) => cue))

  it('equal, as JSON', () => comesBack('application/json', (cue) => cue))

  it('equal, as SubRip, but for its arrow', () => {
    comesBack('application/x-subrip', (cue) => ({ ...cue, text: cue.text.replaceAll('-->', '→') }))
  })

  it('equal to the second, as HTML', () => {
    comesBack('text/html', ({ startsMs, speaker, text }) => [
      Math.floor((startsMs ?? 0) / 1000),
      speaker,
      text,
    ])
  })

  it('with the same words, as plain text', () => {
    comesBack('text/plain', ({ speaker, text }) => [speaker, collapse(text)])
  })

  it('as WebVTT, whatever the words', () => {
    const anything = fc.array(
      fc.record({
        startsMs: fc.nat(1e8),
        endsMs: fc.option(fc.nat(1e8)),
        speaker: fc.option(fc.string({ unit: 'binary' })),
        text: fc.string({ unit: 'binary' }),
      }),
    )

    fc.assert(
      fc.property(anything, (cues) => {
        const vtt = writeTranscript(
          [...cues, { startsMs: 0, endsMs: 1, speaker: null, text: 'x' }],
          'text/vtt',
        )
        const said = cues.filter(({ text }) => collapse(text) !== '')
        assert.equal(vtt.match(/-->/g)?.length, said.length + 1)
        assert.equal(readTranscript(vtt).length, said.length + 1)
      }),
    )
  })
})
