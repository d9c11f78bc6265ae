import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { from } from '../../query/from.ts'
import { type Preload } from '../../schema/preloads.ts'
import { Article, Label, Note, press, pressTests } from '../../testing/press.ts'

const { sandboxed } = pressTests()

type Wanted = Preload<typeof Article>

const plain: readonly Wanted[] = [
  'writer',
  'labels',
  'editors',
  'topNote',
  'readers',
  'writerPortrait',
  { signed: { reader: ['portrait', { articles: 'labels' }] } },
  { mainLabels: from(Label).preload({ articles: 'chiefs' }) },
  { writer: { mentor: 'articles' } },
]
const some = (wanted: readonly Wanted[]) =>
  fc.array(fc.constantFrom(...wanted), { minLength: 1, maxLength: 5 })

describe('a preload', () => {
  it(
    'loads for many rows what it loads for each, in whatever order and however often they come',
    sandboxed(async (repo) => {
      await press(repo)
      const all = await repo.all(Article)
      const articles = fc.array(fc.constantFrom(...all), { maxLength: 5 })
      // Orders the rows that a through walks.
      const notes = { notes: [from(Note).orderBy({ stars: 'desc', id: 'asc' }), 'reader'] } as const
      await fc.assert(
        fc.asyncProperty(articles, some([...plain, notes]), async (given, wanted) => {
          const together = await repo.preload(given, ...wanted)
          const alone = await Promise.all(given.map((one) => repo.preload(one, ...wanted)))
          assert.deepEqual(together, alone)
        }),
        { numRuns: 30 },
      )
    }),
  )

  it(
    'loads in two goes what it loads in one, and with a query what it loads on rows',
    sandboxed(async (repo) => {
      await press(repo)
      const ordered = from(Article).orderBy({ id: 'asc' })
      const articles = await repo.all(ordered)
      await fc.assert(
        fc.asyncProperty(some(plain), fc.nat(4), async (wanted, at) => {
          const once = await repo.preload(articles, ...wanted)
          const first = await repo.preload(articles, ...wanted.slice(0, at))
          const twice = await repo.preload(first, ...wanted.slice(at))
          assert.deepEqual(twice.map(held), once.map(held))
          assert.deepEqual((await repo.all(ordered.preload(...wanted))).map(held), once.map(held))
        }),
        { numRuns: 30 },
      )
    }),
  )
})

/** What it holds, wherever it has its place. */
function held(row: unknown): unknown {
  return JSON.parse(JSON.stringify(row))
}
