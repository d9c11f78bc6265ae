import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { PersistentMap } from './persistent-map.ts'

// Two words of one hash, and what JavaScript means something by.
const COLLIDING = ['costarring', 'liquid', 'declinate', 'macallums'] as const
const key = fc.oneof(
  fc.nat({ max: 40 }),
  fc.constantFrom(...COLLIDING, '__proto__', 'constructor', ''),
)
const changes = fc.array(
  fc.record({ key, value: fc.option(fc.nat(), { nil: undefined }), kept: fc.boolean() }),
  {
    maxLength: 120,
    size: 'max',
  },
)

const text = (name: string | number, value: number) => `${typeof name} ${name}: ${value}`

const entries = (map: PersistentMap<string | number, number>) => {
  const found: string[] = []
  map.forEach((value, name) => found.push(text(name, value)))
  return found.sort()
}

describe('PersistentMap', () => {
  it('does what a Map does, and leaves what it was as it was', () => {
    fc.assert(
      fc.property(changes, fc.boolean(), (all, inPlace) => {
        const expected = new Map<string | number, number>()
        let map = PersistentMap.empty<string | number, number>()
        let edit = inPlace ? {} : undefined
        const moments: [PersistentMap<string | number, number>, string[]][] = []
        for (const { key: name, value, kept } of all) {
          map = value === undefined ? map.delete(name, edit) : map.set(name, value, edit)
          if (value === undefined) expected.delete(name)
          else expected.set(name, value)
          assert.equal(map.get(name), expected.get(name))
          assert.equal(map.size, expected.size)
          if (!kept) continue
          moments.push([map, entries(map)])
          if (edit) edit = {}
        }

        const plain = [...expected].map(([name, value]) => text(name, value)).sort()
        assert.deepEqual(entries(map), plain)
        for (const [moment, then] of moments) assert.deepEqual(entries(moment), then)
      }),
    )
  })

  it('tells keys of one hash from each other', () => {
    const hashes = PersistentMap.empty<string, string>()
    const map = COLLIDING.reduce((rest, word) => rest.set(word, word.toUpperCase()), hashes)

    assert.deepEqual(
      COLLIDING.map((word) => map.get(word)),
      COLLIDING.map((word) => word.toUpperCase()),
    )
    const less = map.delete('liquid')
    assert.deepEqual(
      [less.get('liquid'), less.get('costarring'), less.size],
      [undefined, 'COSTARRING', 3],
    )
    assert.equal(map.get('liquid'), 'LIQUID')
  })

  it('holds a hundred thousand', () => {
    const edit = {}
    let map = PersistentMap.empty<number, number>()
    for (let number = 0; number < 100_000; number++) map = map.set(number, -number, edit)

    assert.deepEqual([map.size, map.get(99_999), map.get(100_000)], [100_000, -99_999, undefined])
    assert.equal(new Set(map.keys()).size, 100_000)
  })
})
