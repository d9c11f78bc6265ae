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
/** Enough to come and go for the index to put them in, and take them out, several times. */
const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ add: fc.array(dependency, { maxLength: 4 }) }) },
    { weight: 2, arbitrary: fc.record({ remove: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ change }) },
  ),
  { minLength: 1, maxLength: 400, size: 'max' },
)

interface Holder {
  readonly dependencies: readonly Dependency[]
}

describe('an index of dependencies', () => {
  it('finds exactly whom a change touches, as they come and go', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const index = new DependencyIndex<Holder>()
        const there: Holder[] = []
        for (const step of all) {
          if ('add' in step) {
            const holder = { dependencies: step.add }
            there.push(holder)
            index.add(holder, step.add)
          } else if ('remove' in step) {
            const [gone] = there.splice(step.remove % Math.max(there.length, 1), 1)
            if (gone) index.remove(gone)
          } else {
            const expected = there.filter(({ dependencies }) =>
              dependencies.some((held) => touches(held, step.change)),
            )
            assert.deepEqual(index.touchedBy(step.change), new Set(expected))
          }
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
