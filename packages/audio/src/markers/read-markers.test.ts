import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { type Chapter, readMarkers } from '../index.ts'

function chaptersOf(text: string): unknown[] {
  const read = readMarkers(text)
  assert.ok(read.ok, JSON.stringify(read))
  return read.chapters.map(({ startsMs, endsMs, title }) => [startsMs, endsMs, title])
}

function errorsOf(text: string): string[] {
  const read = readMarkers(text)
  assert.ok(!read.ok, JSON.stringify(read))
  return read.errors.map(({ line, message }) => `${line}: ${message}`)
}

describe('readMarkers', () => {
  it('reads lines that begin with a time, as people write them', () => {
    const text = [
      '\uFEFF00:00 Welcome',
      '',
      '(1:02:03.500) Questions: and answers',
      '- [2:30] – Tides',
      '3. 75:00 | Late',
      '1:15:10,25 --> 1:15:20 A short one',
    ].join('\r\n')

    assert.deepEqual(chaptersOf(text), [
      [0, null, 'Welcome'],
      [150_000, null, 'Tides'],
      [3_723_500, null, 'Questions: and answers'],
      [4_500_000, null, 'Late'],
      [4_510_250, 4_520_000, 'A short one'],
    ])
  })

  it('reads the link at the end of a line', () => {
    const read = readMarkers('0:01 Tides <https://tides.example/a?b=1>')

    assert.deepEqual(read, {
      ok: true,
      chapters: [
        {
          startsMs: 1000,
          endsMs: null,
          title: 'Tides',
          link: 'https://tides.example/a?b=1',
          imageUrl: null,
          hidden: false,
          picture: null,
        } satisfies Chapter,
      ],
    })
  })

  it("reads Audition's markers", () => {
    const text = [
      'Name\tStart\tDuration\tTime Format\tType\tDescription',
      'Welcome\t0:00.000\t0:00.000\tdecimal\tCue\t',
      '"Tides, and ""other"" waters"\t1:02:03.500\t0:10.250\tdecimal\tCue\tlong',
    ].join('\n')

    assert.deepEqual(chaptersOf(text), [
      [0, null, 'Welcome'],
      [3_723_500, 3_733_750, 'Tides, and "other" waters'],
    ])
  })

  it('reads a table with commas and its columns in another order', () => {
    const text = '#,Start,End,Name\nM1,0:12.000,,"Hello, there"\nR1,0:20,0:30,Tides'

    assert.deepEqual(chaptersOf(text), [
      [12_000, null, 'Hello, there'],
      [20_000, 30_000, 'Tides'],
    ])
  })

  it("reads Audacity's labels, with the bands of frequencies left out", () => {
    const text = '12.500000\t12.500000\tWelcome\n60,25\t70,5\tTides\n\\\t100.0\t200.0\n90\tLate\n'

    assert.deepEqual(chaptersOf(text), [
      [12_500, null, 'Welcome'],
      [60_250, 70_500, 'Tides'],
      [90_000, null, 'Late'],
    ])
  })

  it('says of every wrong line which it is and what is wrong', () => {
    assert.deepEqual(errorsOf('0:00 Welcome\n\nTides at noon\n0:75 Late\n1:00\n2:00 - 1:00 Back'), [
      '3: “Tides at noon” does not begin with a time. Write it like 00:01:23 Title.',
      '4: “0:75” is no time. Write hours, minutes and seconds like 1:02:03 or 1:02:03.500.',
      '5: There is no title after 1:00.',
      '6: It ends (1:00) before it starts (2:00).',
    ])
    assert.deepEqual(
      errorsOf('Name\tStart\tTime Format\nA\t44100\tsamples\n\t0:10\tdecimal\nB\tsoon\tdecimal'),
      [
        '2: The times are in “samples”. Set Audition’s time format to Decimal, then export again.',
        '3: The marker at 0:10 has no name.',
        '4: “B” starts “soon”, which is no time like 1:02:03.500 or 62.5.',
      ],
    )
    assert.deepEqual(errorsOf('1.0\t2.0\t\n3.0\t1.0\tBack\nnothing'), [
      '1: The label at 1.0 seconds has no name. Name it in Audacity, or delete it.',
      '2: “Back” ends before it starts.',
      '3: “nothing” is no label: it should be seconds, a tab, seconds, a tab, a name.',
    ])
  })

  it('refuses what is empty, or far too much', () => {
    assert.match(errorsOf(' \n\t\n')[0]!, /^1: There is nothing in it/)
    assert.match(errorsOf('Name\tStart')[0]!, /^1: There are no markers in it/)
    assert.match(errorsOf('x'.repeat(1_000_001))[0]!, /^1: This is far too long/)
    assert.match(errorsOf(`0:00 a\n0:01 ${'x'.repeat(3000)}`)[0]!, /^2: It has 3005 letters/)
    assert.match(errorsOf('0:00 a\n'.repeat(1002))[0]!, /^1001: At most 1000 chapters/)
    assert.equal(errorsOf('a\n'.repeat(500)).length, 20)
  })

  it('reads back what is written as lines, whatever the titles', () => {
    const title = fc
      .string({ unit: 'grapheme', maxLength: 60 })
      .map((text) => `a${text.replaceAll(/[\r\n]/g, '')}z`)
    const chapter = fc.tuple(fc.nat(359_999_999), title)
    const clock = (ms: number) => {
      const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
      return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`
    }

    fc.assert(
      fc.property(fc.array(chapter, { minLength: 1, maxLength: 20 }), (chapters) => {
        const text = chapters.map(([ms, name]) => `${clock(ms)} ${name}`).join('\n')
        const expected = chapters
          .toSorted(([a], [b]) => a - b)
          .map(([ms, name]) => [ms, null, name])
        assert.deepEqual(chaptersOf(text), expected)
      }),
    )
  })

  it('answers whatever it is given, at once', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            '0',
            ':',
            '1',
            '.',
            ',',
            '-',
            '[',
            ')',
            '\t',
            ' ',
            '"',
            '<',
            '\n',
            'Name',
            'Start',
          ),
        }),
        (text) => {
          const read = readMarkers(text)
          assert.ok(read.ok ? read.chapters.length > 0 : read.errors.length > 0)
        },
      ),
      { numRuns: 500 },
    )
    const started = performance.now()
    for (const sign of [' ', ':', '1', '<http://', '-', '\t'])
      readMarkers(`1:00${sign.repeat(1900 / sign.length)}x\n`.repeat(500))
    assert.ok(performance.now() - started < 1000)
  })
})
