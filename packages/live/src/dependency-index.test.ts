import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { type Change } from './change.ts'
import { contains, type Dependency, touches } from './dependency.ts'
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

describe('rows that contain others', () => {
  it('are touched by whatever touches the others', () => {
    fc.assert(
      fc.property(dependency, dependency, change, (wide, narrow, one) => {
        const both = { table: narrow.table, scopes: [...narrow.scopes, ...wide.scopes] }
        assert.ok(contains(narrow, both))
        for (const within of [narrow, both]) {
          if (contains(wide, within) && touches(within, one)) assert.ok(touches(wide, one))
        }
      }),
    )
  })
})
