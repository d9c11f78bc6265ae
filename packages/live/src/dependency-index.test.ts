import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { type Change } from './change.ts'
import { type Dependency, together, touches } from './dependency.ts'
import { DependencyIndex } from './dependency-index.ts'

const table = fc.constantFrom('episodes', 'people')
const value = fc.constantFrom('1', '2', '3', 'true', 'false')
const columns = ['id', 'podcast_id', 'slug', 'published'] as const
const dependency: fc.Arbitrary<Dependency> = fc.record({
  table,
  scopes: fc.uniqueArray(
    fc.record({ column: fc.constantFrom(...columns), values: fc.array(value, { maxLength: 3 }) }),
    { maxLength: 3, selector: ({ column }) => column },
  ),
})
const change: fc.Arbitrary<Change> = fc.record({
  table,
  values: fc.option(
    fc
      .uniqueArray(
        fc.tuple(
          fc.constantFrom<string>(...columns),
          fc.array(fc.oneof(value, fc.constant(null)), { minLength: 1, maxLength: 3 }),
        ),
        { selector: ([column]) => column },
      )
      .map((entries) => new Map(entries)),
    { nil: undefined },
  ),
})
const holders = fc.array(fc.array(dependency, { maxLength: 4 }), { maxLength: 6 })

describe('an index of dependencies', () => {
  it('finds exactly whom a change touches, after others have gone', () => {
    fc.assert(
      fc.property(holders, holders, fc.array(change), (staying, going, changes) => {
        const index = new DependencyIndex<{ readonly dependencies: readonly Dependency[] }>()
        const stayed = staying.map((dependencies) => ({ dependencies }))
        const gone = going.map((dependencies) => ({ dependencies }))
        for (const holder of [...gone, ...stayed]) index.add(holder, holder.dependencies)
        for (const holder of gone) index.remove(holder)

        for (const one of changes) {
          const expected = stayed.filter(({ dependencies }) =>
            dependencies.some((held) => touches(held, one)),
          )
          assert.deepEqual(new Set(index.touchedBy(one)), new Set(expected))
        }
      }),
    )
  })
})

describe('dependencies put together', () => {
  it('are touched by what touched one of them, each said once', () => {
    fc.assert(
      fc.property(fc.array(dependency), change, (dependencies, one) => {
        const merged = together(dependencies)
        assert.equal(
          merged.some((held) => touches(held, one)),
          dependencies.some((held) => touches(held, one)),
        )
        assert.ok(merged.length <= dependencies.length)
      }),
    )
  })
})
