import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { assembly, framing } from './frames.ts'

const LARGEST = 100
const letters = fc.array(fc.record({ topic: fc.string(), body: fc.uint8Array({ maxLength: 700 }) }))

const plain = ({ topic, body }: { topic: string; body: Uint8Array }) => [topic, [...body]]

describe('frames', () => {
  it('bring every letter of every sender, cut into parts no larger than allowed', () => {
    fc.assert(
      fc.property(letters, letters, fc.array(fc.boolean()), (ofOne, ofTwo, turns) => {
        const [one, two, whole] = [framing(), framing(), assembly()]
        const queues = [
          ofOne.flatMap((letter) => one(letter, LARGEST)),
          ofTwo.flatMap((letter) => two(letter, LARGEST)),
        ]
        const mixed = [
          ...turns.flatMap((turn) => queues[turn ? 0 : 1]?.shift() ?? []),
          ...queues.flat(),
        ]

        assert.ok(mixed.every(({ length }) => length <= LARGEST))
        const arrived = mixed.flatMap((frame) => whole.take(frame) ?? []).map(plain)

        const sent = [...ofOne, ...ofTwo].map(plain)
        assert.deepEqual(arrived.map(String).sort(), sent.map(String).sort())
      }),
    )
  })

  it('never give half a letter, whatever is lost', () => {
    fc.assert(
      fc.property(letters, fc.infiniteStream(fc.nat({ max: 9 })), (sent, luck) => {
        const [frames, whole] = [framing(), assembly()]
        const arrived = sent
          .flatMap((letter) => frames(letter, LARGEST))
          .filter(() => luck.next().value !== 0)
          .flatMap((frame) => whole.take(frame) ?? [])

        const known = new Set(sent.map(plain).map(String))
        assert.ok(arrived.every((letter) => known.has(String(plain(letter)))))
      }),
    )
  })
})
