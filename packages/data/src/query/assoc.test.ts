import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { build } from '../schema/instance.ts'
import { statementsOf } from '../testing/library.ts'
import { Article, press, pressTests, type Writer } from '../testing/press.ts'
import { assoc } from './assoc.ts'

const { sandboxed } = pressTests()

const ids = (rows: readonly { readonly id: number }[]): number[] => rows.map(({ id }) => id)

describe('assoc/2', () => {
  it(
    'is the query for the rows of an association, of one row or many, to be narrowed',
    sandboxed(async (repo) => {
      const { rain, dust, notes } = await press(repo)
      assert.deepEqual(ids(await repo.all(assoc(rain, 'notes').orderBy({ id: 'asc' }))), [1, 2, 4])
      const good = assoc([rain, dust], 'notes').where('stars', '>', 4).orderBy({ id: 'asc' })
      assert.deepEqual(ids(await repo.all(good)), [2, 3])
      const [event] = await statementsOf(repo, () => repo.all(assoc(notes, 'reader')))
      assert.match(
        event?.sql ?? '',
        /from "press_writers" where "press_writers"\."id" = any\(\$1\)$/,
      )
      assert.deepEqual(event?.parameters, [[1, 3]])
      assert.equal(await repo.count(assoc(rain, 'topNote')), 3)
    }),
  )

  it(
    'keeps to the where of the association, and of its join table',
    sandboxed(async (repo) => {
      const { rain, dust } = await press(repo)
      assert.deepEqual(ids(await repo.all(assoc([rain, dust], 'unsigned'))), [3])
      assert.deepEqual(
        ids(await repo.all(assoc([rain, dust], 'loud').orderBy({ id: 'asc' }))),
        [2, 3],
      )
      assert.deepEqual(ids(await repo.all(assoc(rain, 'mainLabels'))), [1])
      assert.deepEqual(ids(await repo.all(assoc(rain, 'chiefs'))), [3])
    }),
  )

  it(
    'goes over many_to_many, through, and further associations, each row once',
    sandboxed(async (repo) => {
      const { abe, mia, dry } = await press(repo)
      const one = (query: ReturnType<typeof all>) => query.orderBy({ id: 'asc' })
      const all = (...writers: readonly Writer[]) => assoc(writers, 'labels')
      assert.deepEqual(ids(await repo.all(one(all(abe, mia)))), [1, 2])
      assert.deepEqual(ids(await repo.all(assoc(abe, 'readers').orderBy({ id: 'asc' }))), [1, 3])
      assert.deepEqual(
        ids(await repo.all(assoc(abe, 'articles', 'notes', 'reader').orderBy({ id: 'asc' }))),
        [1, 3],
      )
      assert.deepEqual(ids(await repo.all(assoc(dry, 'writers').orderBy({ id: 'asc' }))), [1, 2])
      assert.deepEqual(
        ids(
          await repo.all(
            assoc(dry, 'articles', 'notes').where({ stars: 5 }).orderBy({ id: 'asc' }),
          ),
        ),
        [2, 3],
      )
    }),
  )

  it(
    'finds nothing for rows without a key',
    sandboxed(async (repo) => {
      await press(repo)
      assert.deepEqual(await repo.all(assoc(build(Article), 'notes')), [])
    }),
  )

  it('is refused for no rows, rows of two schemas, and what is no association', () => {
    const article = build(Article)
    assert.throws(() => assoc([] as readonly Article[], 'notes'), /assoc\(\) was given no rows/)
    const mixed: readonly unknown[] = [article, build(Article).seats, article]
    assert.ok(mixed)
    assert.throws(
      // @ts-expect-error there is no such association
      () => assoc(article, 'note'),
      /"note" is not an association of "press_articles".+Did you mean "notes"\?/,
    )
    // @ts-expect-error nor is there on a note
    assert.throws(() => assoc(article, 'notes', 'labels'), { name: 'UnknownAssociationError' })
  })
})
