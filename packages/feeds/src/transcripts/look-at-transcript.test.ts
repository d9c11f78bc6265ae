import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { lookAtTranscript } from '../index.ts'

const remarks = (text: string, name?: string) =>
  lookAtTranscript(text, name).remarks.map(({ line, message }) => `${line}: ${message}`)

const SRT = `1
00:00:01,000 --> 00:00:02,000
Ann: Tea?

2
00:00:O3,000 --> 00:00:04,000
Lost

3
00:00:09,000 --> 00:00:05,000
Milk?

4
00:00:04,000 --> 00:00:06,000
No

words of nobody
`

describe('lookAtTranscript', () => {
  it('tells the format by what is in it, whatever it is called', () => {
    const format = (text: string, name: string) => lookAtTranscript(text, name).format

    assert.equal(format('WEBVTT\n\n00:01.000 --> 00:02.000\nHi', 'a.srt'), 'vtt')
    assert.equal(format('1\r\n00:00:01,000 --> 00:00:02,000\r\nHi', 'a.txt'), 'srt')
    assert.equal(format('{"segments":[{"body":"Hi","startTime":1}]}', 'a.vtt'), 'json')
    assert.equal(format('**Ann:** Hi', 'a.json'), 'markdown')
    assert.equal(format('<cite>Ann:</cite><p>Hi</p>', ''), 'html')
    assert.equal(format('Ann: Hi', 'a.md'), 'plain')
  })

  it('says of captions on which line something is wrong', () => {
    const told = remarks(SRT)

    assert.equal(told.length, 4)
    assert.match(told[0] ?? '', /^6: the times "00:00:O3,000 --> 00:00:04,000" cannot be read/)
    assert.match(told[1] ?? '', /^10: it ends before it begins/)
    assert.match(told[2] ?? '', /^14: it begins before what stands above it \(00:00:09.000\)/)
    assert.match(told[3] ?? '', /^17: no times stand above these words/)
    assert.deepEqual(remarks('WEBVTT - x\n\nNOTE y\n\nSTYLE\nz\n\n00:01.000 --> 00:02.000\nHi'), [])
  })

  it('says of segments on which line each begins', () => {
    const json = `{ "other": [{ "a": "}" }],
  "segments": [
    { "startTime": 1, "body": "a { \\" ]" },
    { "startTime": 2 },
    4,
    { "body": "b" }, { "startTime": 0, "body": "c" }
  ] }`

    assert.deepEqual(remarks(json), [
      '4: segment 2 has no "body", and is left out',
      '0: segment 3 is no object, and is left out',
      '6: segment 4 has no "startTime"',
      '6: segment 5 begins before the one above it',
    ])
  })

  it('names the line on which JSON is broken', () => {
    const broken = '{"segments": [\n  {"body": "a"},\n  {"body": b}\n]}'

    assert.throws(() => lookAtTranscript(broken), {
      message: /line 3 is not/,
      place: { line: 3, column: 12 },
    })
    assert.throws(() => lookAtTranscript('{"segments": [\n'), { message: /line 2 is not/ })
  })

  it('refuses what is no text, in words', () => {
    assert.throws(() => lookAtTranscript(Buffer.from('%PDF-1.7 …')), { message: /this is a PDF/ })
    assert.throws(() => lookAtTranscript(Buffer.from('PK\u0003\u0004x')), {
      message: /Word document/,
    })
    assert.throws(() => lookAtTranscript(Buffer.from('ID3\u0003\0\0')), {
      message: /this is audio/,
    })
    assert.throws(() => lookAtTranscript('1\n00:0x:01 --> 00:01\nx\n\n00:01 --> 00:02'), {
      message: /line 2: the times/,
    })
  })

  it('says so when captions have no times', () => {
    const { format, remarks } = lookAtTranscript('Ann: Hi', 'talk.srt')

    assert.equal(format, 'plain')
    assert.match(remarks[0]?.message ?? '', /its name says "srt", but there are no times/)
  })
})
