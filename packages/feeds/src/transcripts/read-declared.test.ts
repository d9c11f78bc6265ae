import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  array,
  assert as assertProperty,
  constant,
  constantFrom,
  nat,
  property,
  record,
  string,
  stringMatching,
} from 'fast-check'
import { readDeclared, writeTranscript } from '../index.ts'
import { type DeclaredFormat } from './read-declared.ts'

const FILES = {
  vtt: 'WEBVTT\n\n00:01.000 --> 00:02.000\nAnn: Tea?\n',
  srt: '1\n00:00:01,000 --> 00:00:02,000\nAnn: Tea?\n',
  json: '{"segments": [{"startTime": 1, "endTime": 2, "speaker": "Ann", "body": "Tea?"}]}',
  markdown: '**Ann:** Tea?\n',
} as const

function faultsOf(text: string, declared: DeclaredFormat): readonly string[] {
  const read = readDeclared(text, declared)
  return read.ok ? [] : read.faults.map(({ line, message }) => `${line}: ${message}`)
}

describe('readDeclared', () => {
  it('reads each form as what it is said to be, and refuses each as any other', () => {
    for (const declared of ['vtt', 'srt', 'json', 'markdown'] as const) {
      for (const [format, text] of Object.entries(FILES)) {
        const read = readDeclared(text, declared)
        assert.equal(read.ok, format === declared, `${format} as ${declared}`)
        if (read.ok) assert.equal(read.cues[0]?.text, 'Tea?')
        else assert.equal(read.faults[0]?.line, 1)
      }
    }
  })

  it('looks into plain text for what it is, and takes everything but HTML', () => {
    const format = (text: string) => {
      const read = readDeclared(text, 'plain')
      return read.ok ? read.format : read.faults[0]?.message
    }

    for (const [known, text] of Object.entries(FILES)) assert.equal(format(text), known)
    assert.equal(format('Ann: Tea?'), 'plain')
    assert.match(String(format('\n<p>Tea?</p>')), /HTML is not taken/)
    assert.deepEqual(faultsOf('\n\n<p>Tea?</p>', 'plain'), [
      '3: a tag begins it, and HTML is not taken',
    ])
  })

  it('says on which lines words would be left out, and leaves none out', () => {
    const srt =
      '1\n00:00:01,000 --> 00:00:02,000\nTea?\n\n2\n00:00:O3,000 --> 00:00:04,000\nLost\n\nof nobody\n'

    assert.deepEqual(faultsOf(srt, 'srt'), [
      '6: the times "00:00:O3,000 --> 00:00:04,000" cannot be read; a pair of times looks like 00:01:02.500 --> 00:01:05.000',
      '9: no times stand above these words',
    ])
    assert.deepEqual(faultsOf('{"segments": [\n{"body": 4},\n{"body": "b"}, 7]}', 'json'), [
      '2: segment 1 has no "body"',
      '0: segment 3 is no object',
    ])
    assert.match(faultsOf('{"segments": [\n{"body": b}]}', 'json').join(), /^2: .* line 2 is not/)
    assert.match(faultsOf('{"cues": []}', 'json').join(), /^1: .*no list of "segments"/)
    assert.match(faultsOf('%PDF-1.7', 'markdown').join(), /^1: this is a PDF/)
    assert.match(faultsOf(' \n', 'plain').join(), /^1: the transcript is empty/)
    assert.match(faultsOf('WEBVTT\n\nNOTE nothing\n', 'vtt').join(), /^1: nothing is said in it/)
  })

  it('tells what looks wrong where every word is read', () => {
    const late = '1\n00:00:09,000 --> 00:00:05,000\nMilk?\n\n2\n00:00:04,000 --> 00:00:06,000\nNo\n'

    const read = readDeclared(late, 'srt')

    assert.deepEqual(read.ok && read.remarks.map(({ line }) => line), [2, 6])
  })

  it('takes whatever is written here, and answers whatever text comes', () => {
    const cue = record({
      startsMs: nat(9_000_000),
      endsMs: constant(null),
      speaker: constant('Ann'),
      text: stringMatching(/^[a-z]{1,9}( [a-z]{1,9}){0,3}$/),
    })
    assertProperty(
      property(array(cue, { minLength: 1, maxLength: 5 }), (cues) => {
        const inOrder = cues.toSorted((one, other) => one.startsMs - other.startsMs)
        for (const [declared, type] of [
          ['vtt', 'text/vtt'],
          ['srt', 'application/x-subrip'],
          ['json', 'application/json'],
        ] as const) {
          const read = readDeclared(writeTranscript(inOrder, type), declared)
          assert.ok(read.ok, declared)
          assert.equal(read.cues.length, cues.length)
        }
      }),
    )
    const formats = constantFrom('vtt', 'srt', 'json', 'markdown', 'plain' as const)
    assertProperty(
      property(string(), formats, (text, declared) => {
        const read = readDeclared(text, declared)
        assert.ok(read.ok ? read.cues.length > 0 : read.faults.length > 0)
      }),
    )
  })
})
