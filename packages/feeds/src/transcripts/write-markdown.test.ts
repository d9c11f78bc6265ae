import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { readTranscript, writeTranscript, type Cue } from '../index.ts'

const cue = (text: string, more: Partial<Cue> = {}): Cue => {
  return { startsMs: null, endsMs: null, speaker: 'Ann', text, ...more }
}

const again = (cues: readonly Cue[]) =>
  readTranscript(writeTranscript(cues, 'text/markdown'), 'text/markdown')

describe('a transcript in Markdown', () => {
  it('names a speaker where it changes, and its times', () => {
    const cues = [
      cue('Tea?', { startsMs: 500, endsMs: 2000 }),
      cue('With *milk*, [please]'),
      cue('No', { speaker: 'Bo' }),
      cue('[break]', { speaker: null, startsMs: 3_723_045 }),
    ]

    assert.equal(
      writeTranscript(cues, 'text/markdown'),
      String.raw`**Ann:** \[00:00:00.500\] to \[00:00:02.000\] Tea?

With \*milk\*, \[please\]

**Bo:** No

**Break:** \[01:02:03.045\]
`,
    )
  })

  it('takes nothing for markup or a time that is said', () => {
    const said = [
      '[00:01] to me',
      '- 10: **you**',
      '**Bo:** [a](https://b.example)',
      '`x` <https://a.example> _y_',
      '# 1',
    ]

    for (const text of said) {
      assert.deepEqual(again([cue(text)]), [cue(text)])
      assert.deepEqual(again([cue(text, { startsMs: 0 })]), [cue(text, { startsMs: 0 })])
    }
  })

  it('comes back as it was', () => {
    const text = fc
      .array(
        fc.constantFrom(
          'tea',
          'C++',
          '*',
          '_',
          '[',
          ']',
          '\\',
          '`',
          '<',
          '>',
          '#',
          '-',
          '1:02',
          'to',
          ':',
          'é',
        ),
        {
          minLength: 1,
          maxLength: 12,
        },
      )
      .map((words) => `${words.join(' ')} x`)
    const cues = fc
      .array(
        fc.record({
          startsMs: fc.option(fc.nat(3e8)),
          endsMs: fc.constant(null),
          speaker: fc.constantFrom('Ann', 'Bo Li'),
          text,
        }),
        { minLength: 1 },
      )
      .map((given) => given.map((one) => ({ ...one })))

    fc.assert(fc.property(cues, (given) => assert.deepEqual(again(given), given)))
  })
})

const FOLDER = new URL('../../../../../shared/data/transcripts/', import.meta.url)
const skip = existsSync(FOLDER)
  ? false
  : 'the transcripts of ../shared/data are not on this machine'

describe('real transcripts', { skip }, () => {
  it('come back from Markdown with every name, time and word', () => {
    const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.md'),
    )

    for (const name of files) {
      const cues = readTranscript(readFileSync(new URL(name, FOLDER)))
      assert.deepEqual(again(cues), cues, name)
    }
    assert.equal(files.length, 29)
  })
})
