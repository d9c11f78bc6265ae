import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { RULES, toShed } from './surplus.ts'

const counts = fc.array(fc.nat({ max: 200_000 }), { minLength: 1, maxLength: 12 })
const sum = (all: readonly number[]) => all.reduce((total, count) => total + count, 0)
const without = (all: readonly number[], at: number) => all.filter((_, index) => index !== at)

/** Every node decides by the counts of before, and who was shed comes to any node. */
function round(all: readonly number[], draws: () => number): { next: number[]; shed: number } {
  const shed = all.map((own, at) => toShed(own, without(all, at)))
  const next = all.map((own, at) => own - (shed[at] ?? 0))
  for (let left = sum(shed); left > 0;) {
    // They come in bunches, so that the test is not slower than its thoughts.
    const bunch = Math.min(left, Math.max(1, Math.ceil(sum(shed) / 100)))
    const at = Math.floor(draws() * all.length)
    next[at] = (next[at] ?? 0) + bunch
    left -= bunch
  }
  return { next, shed: sum(shed) }
}

describe('the surplus of a node', () => {
  it('is shed by those alone that are far above the mean, and never below it', () => {
    fc.assert(
      fc.property(counts, (all) => {
        const mean = sum(all) / all.length
        for (const [at, own] of all.entries()) {
          const shed = toShed(own, without(all, at))
          assert.ok(Number.isInteger(shed) && shed >= 0)
          if (shed > 0) assert.ok(own > mean * (1 + RULES.threshold) && own - shed >= mean)
        }
      }),
    )
  })

  it('is nothing for a node that is alone', () => {
    assert.equal(toShed(1_000_000, []), 0)
  })

  it('is shed in a few rounds, after which nobody moves any more, wherever those go who were shed', () => {
    fc.assert(
      fc.property(
        counts,
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        (all, chance) => {
          const draw = () => Number(chance.next().value)
          // Those who are shed spread evenly here: where all go to one node, that one has a surplus.
          let turn = 0
          const evenly = () => ((turn++ + draw()) % all.length) / all.length
          let now: readonly number[] = all
          let moved = 0
          let rounds = 0
          for (;;) {
            const { next, shed } = round(now, evenly)
            if (shed === 0) break
            moved += shed
            rounds += 1
            now = next
            assert.ok(rounds < 100, `still moving: ${now.join()}`)
          }
          assert.equal(sum(now), sum(all))
          const mean = sum(all) / all.length
          for (const own of now)
            assert.ok(own - mean <= Math.max(mean * RULES.threshold, RULES.least))
          const surplus = sum(all.map((own) => Math.max(0, own - mean)))
          assert.ok(moved <= surplus * all.length * 2 + all.length, `${moved} moved of ${surplus}`)
        },
      ),
    )
  })
})
