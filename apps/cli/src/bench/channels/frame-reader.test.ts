import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { FrameReader } from './frame-reader.ts'
import { textFrame } from './text-frame.ts'

const PING = Buffer.from([0x89, 0])

describe('FrameReader', () => {
  it('reads the texts that were framed, however they come in parts, and no pings', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 300 }), { maxLength: 10 })
    const cuts = fc.array(fc.nat({ max: 3_000 }), { maxLength: 10 })
    fc.assert(
      fc.property(texts, cuts, (given, places) => {
        const frames = given.flatMap((text) => [textFrame(text, { masked: false }), PING])
        const read: string[] = []
        const reader = new FrameReader((bytes, from, to) =>
          read.push(bytes.toString('utf8', from, to)),
        )
        for (const part of cut(Buffer.concat(frames), places)) reader.read(part)
        assert.deepEqual(read, given)
      }),
    )
  })

  it('reads texts of more than 65,535 bytes', () => {
    const head = Buffer.from([0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0])
    const read: number[] = []
    const reader = new FrameReader((_bytes, from, to) => read.push(to - from))
    reader.read(Buffer.concat([head, Buffer.alloc(65_536), textFrame('next', { masked: false })]))
    assert.deepEqual(read, [65_536, 4])
  })
})

describe('textFrame', () => {
  it('is masked by zeros where clients send it, as everything has to be masked that they send', () => {
    assert.deepEqual(
      [...textFrame('ab', { masked: true })],
      [0x81, 0x82, 0, 0, 0, 0, ...Buffer.from('ab')],
    )
  })
})

function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...places.filter((place) => place < bytes.length), bytes.length]
  const sorted = ends.toSorted((left, right) => left - right)
  return sorted.map((end, at) => bytes.subarray(sorted[at - 1] ?? 0, end))
}
