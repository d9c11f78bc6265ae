import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { seeded } from '../testing/simulation.ts'
import { type Instance } from './instance.ts'
import { byKey, comparing, leastLoaded, type RouteParts } from './routes.ts'

const instances = (count: number, load: (number: number) => number = () => 0): Instance[] =>
  Array.from({ length: count }, (_, number) => ({
    ref: { node: `node${number}`, service: 'game', id: `${number}` },
    meta: { load: load(number) },
  }))
const parts: RouteParts = { random: seeded(1), asked: () => 0 }
const KEYS = Array.from({ length: 3_000 }, (_, number) => `user:${number}`)
const routed = (among: readonly Instance[]) => KEYS.map((key) => byKey(key)(among, parts).ref.node)

describe('byKey', () => {
  it('leads to the same one wherever it is asked, in whatever order they are listed', () => {
    fc.assert(
      fc.property(fc.string(), fc.shuffledSubarray(instances(9), { minLength: 1 }), (key, some) => {
        const sorted = [...some].sort((one, other) => (one.ref.id < other.ref.id ? -1 : 1))
        assert.equal(byKey(key)(some, parts), byKey(key)(sorted, parts))
      }),
    )
  })

  it('spreads keys evenly', () => {
    const counts = new Map<string, number>()
    for (const node of routed(instances(6))) counts.set(node, (counts.get(node) ?? 0) + 1)

    assert.equal(counts.size, 6)
    for (const count of counts.values()) assert.ok(count > 400 && count < 600, String(count))
  })

  it('moves only the keys of the one that goes', () => {
    const all = instances(6)
    const before = routed(all)
    const after = routed(all.filter(({ ref }) => ref.node !== 'node3'))

    const moved = before.filter((node, index) => node !== after[index])
    assert.ok(moved.length > 0)
    assert.deepEqual([...new Set(moved)], ['node3'])
  })
})

describe('leastLoaded', () => {
  it('takes the less loaded of two, and does not send everybody to the same', () => {
    const counts = new Map<string, number>()
    for (let call = 0; call < 1_000; call++) {
      const { node } = leastLoaded(
        instances(5, (number) => number),
        parts,
      ).ref
      counts.set(node, (counts.get(node) ?? 0) + 1)
    }

    assert.equal(counts.get('node4'), undefined)
    assert.ok((counts.get('node0') ?? 0) > (counts.get('node3') ?? 0))
    assert.ok((counts.get('node1') ?? 0) > 100)
  })

  it('counts what this node asked and has no answer to', () => {
    const asked = ({ ref }: Instance) => (ref.node === 'node0' ? 5 : 0)

    for (let call = 0; call < 50; call++) {
      assert.equal(leastLoaded(instances(2), { ...parts, asked }).ref.node, 'node1')
    }
  })

  it('takes the only one', () => {
    assert.equal(leastLoaded(instances(1), parts).ref.node, 'node0')
  })
})

describe('comparing', () => {
  it('takes the first by a comparison of one’s own', () => {
    const most = comparing((one, other) => Number(other.meta['load']) - Number(one.meta['load']))

    assert.equal(
      most(
        instances(4, (number) => number % 3),
        parts,
      ).ref.node,
      'node2',
    )
  })
})
