import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { sql } from 'kysely'

import { exists } from '../../query/dynamic.ts'
import { from } from '../../query/from.ts'
import { parent, subquery } from '../../query/operands.ts'
import { tablesOf } from '../../query/tables.ts'
import { Author, Book, libraryTests, Review } from '../../testing/library.ts'
import { type Repo } from '../repo.ts'
import { type Read } from './read.ts'

const { sandboxed } = libraryTests()

/** What the work read, one line for each read. */
async function linesOf(repo: Repo, work: () => Promise<unknown>): Promise<readonly string[]> {
  const seen: Read[] = []
  await repo.recorded(seen, work)
  return seen.map(({ table, scopes }) =>
    [table, ...scopes.map(({ column, values }) => `${column}=${values.join()}`)].join(' '),
  )
}

describe('repo.recorded', () => {
  it(
    'tells of rows by the columns that are compared with values, and else of the table',
    sandboxed(async (repo) => {
      const lines = (work: () => Promise<unknown>) => linesOf(repo, work)

      assert.deepEqual(await lines(() => repo.get(Book, '7')), ['library_books id=7'])
      assert.deepEqual(await lines(() => repo.all(Book)), ['library_books'])
      assert.deepEqual(
        await lines(() => repo.exists(from(Book).where({ authorId: 3, inPrint: true }))),
        ['library_books author_id=3 in_print=true'],
      )
      assert.deepEqual(
        await lines(() => repo.count(from(Book).where('kind', 'in', ['novel', 'poem']))),
        ['library_books kind=novel,poem'],
      )
      assert.deepEqual(
        await lines(() =>
          repo.aggregate(
            from(Book).where({ authorId: 3 }).orWhere({ authorId: 4 }),
            'max',
            'pages',
          ),
        ),
        ['library_books'],
      )
      assert.deepEqual(await lines(() => repo.all(from(Book).where('price', '=', '1.50'))), [
        'library_books',
      ])
    }),
  )

  it(
    'tells of each branch of a preload by its keys',
    sandboxed(async (repo) => {
      await repo.insertAll(Author, [{ id: 1, name: 'Ada', email: null }])
      await repo.insertAll(Book, [
        { id: 5, authorId: 1, title: 'A' },
        { id: 6, authorId: 1, title: 'B' },
      ])

      const lines = await linesOf(repo, () =>
        repo.getBy(from(Author).preload({ books: ['reviews', 'author'] }, 'profile'), { id: 1 }),
      )

      assert.deepEqual(lines.toSorted(), [
        'library_authors id=1',
        'library_authors id=1',
        'library_books author_id=1',
        'library_profiles author_id=1',
        'library_reviews book_id=5,6',
      ])
    }),
  )

  it(
    'tells of every table of joins, subqueries and expressions',
    sandboxed(async (repo) => {
      const lines = (work: () => Promise<unknown>) => linesOf(repo, work)

      assert.deepEqual(
        await lines(() => repo.all(from(Review).join('book').where({ 'book.authorId': 2 }))),
        ['library_reviews', 'library_books author_id=2'],
      )
      assert.deepEqual(
        await lines(() =>
          repo.all(
            from(Author).where(
              'id',
              'in',
              subquery(from(Book).where({ kind: 'poem' }).select('authorId')),
            ),
          ),
        ),
        ['library_authors', 'library_books kind=poem'],
      )
      assert.deepEqual(
        await lines(() =>
          repo.all(
            from(Book).where(exists(from(Review).where({ bookId: parent('id'), stars: 5 }))),
          ),
        ),
        ['library_books', 'library_reviews stars=5'],
      )
      assert.deepEqual(
        await lines(() =>
          repo.all(
            from(Book).where((eb) =>
              eb.exists(
                eb
                  .selectFrom('library_reviews')
                  .select('library_reviews.id')
                  .whereRef('library_reviews.bookId', '=', 'library_books.id')
                  .where('library_reviews.stars', '=', 5),
              ),
            ),
          ),
        ),
        ['library_books', 'library_reviews stars=5'],
      )
      assert.deepEqual(
        await lines(() =>
          repo.run(
            tablesOf([Book, Review])
              .selectFrom('library_books as b')
              .innerJoin('library_reviews', 'library_reviews.bookId', 'b.id')
              .where('b.id', 'in', [1, 2])
              .where('library_reviews.stars', '=', 1)
              .select('b.title'),
          ),
        ),
        ['library_books id=1,2', 'library_reviews'],
      )
    }),
  )

  it(
    'tells of the moments that rows are compared with',
    sandboxed(async (repo) => {
      const asOf = new Date('2026-11-20T12:00:00Z')
      const reads: Read[] = []

      await repo.recorded(reads, () =>
        repo.all(
          from(Review)
            .join('book')
            .where('book.publishedAt', '<=', asOf)
            .where((eb) => eb(eb.val(asOf), '>', eb.val(new Date(0)))),
        ),
      )

      assert.deepEqual(
        reads.map(({ table, moments }) => [table, moments]),
        [
          ['library_reviews', []],
          ['library_books', [{ column: 'published_at', operator: '<=', at: asOf }]],
          [
            'library_reviews',
            [asOf, new Date(0)].map((at) => ({ column: undefined, operator: undefined, at })),
          ],
        ],
      )
    }),
  )

  it(
    'refuses SQL whose tables it cannot see, and what changes by itself, and runs it outside',
    sandboxed(async (repo) => {
      const byHand = sql<{ count: number }>`select count(*)::int as count from library_books`
      const within = <T>(work: () => Promise<T>) => repo.recorded([], work)

      await assert.rejects(
        within(() => repo.run(byHand)),
        /SQL was run inside repo.recorded\(\) that may read tables .* Name them, repo.run\(…, \{ reads: \['…'\] \}\)/,
      )
      await assert.rejects(
        within(() => repo.all(from(Book).where(() => sql<boolean>`pages > (select 1)`))),
        /Name them/,
      )
      await assert.rejects(
        within(() => repo.all(from(Book).where(() => sql<boolean>`published_at < now()`))),
        /changes its answer by itself/,
      )
      await assert.rejects(
        within(() => repo.run(byHand, { reads: [] })),
        /names no table/,
      )
      assert.deepEqual(await repo.run(byHand), [{ count: 0 }])
      assert.deepEqual(await linesOf(repo, () => repo.run(byHand, { reads: ['library_books'] })), [
        'library_books',
      ])
    }),
  )

  it(
    'is told of what repos made from the same read, and a recorder around another as well',
    sandboxed(async (repo) => {
      const [outer, inner]: [Read[], Read[]] = [[], []]

      await repo.recorded(outer, async () => {
        await repo.unscoped().all(Author)
        await repo.recorded(inner, () => repo.transaction(() => repo.all(Book)))
      })
      await repo.all(Review)

      assert.deepEqual(
        [outer, inner].map((reads) => reads.map(({ table }) => table)),
        [['library_authors', 'library_books'], ['library_books']],
      )
    }),
  )
})
