import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { sql } from 'kysely'

import { from } from '../../query/from.ts'
import { tablesOf } from '../../query/tables.ts'
import { stateOf } from '../../schema/instance.ts'
import { Author, Book, libraryTests, statementsOf } from '../../testing/library.ts'
import { type Repo } from '../repo.ts'

const { sandboxed } = libraryTests()

/** Two authors, three books. */
async function library(repo: Repo) {
  const [austen, eliot] = await repo.insertAll(Author, [{ name: 'Austen' }, { name: 'Eliot' }])
  assert.ok(austen && eliot)
  const [emma, persuasion, romola] = await repo.insertAll(Book, [
    {
      authorId: austen.id,
      title: 'Emma',
      pages: 400,
      publishedAt: new Date('1815-12-23T00:00:00Z'),
    },
    { authorId: austen.id, title: 'Persuasion', pages: 249, kind: 'essay' },
    { authorId: eliot.id, title: 'Romola', pages: 600, inPrint: false },
  ])
  assert.ok(emma && persuasion && romola)
  return { austen, eliot, emma, persuasion, romola }
}

const titles = (books: readonly { readonly title: string }[]): string[] =>
  books.map(({ title }) => title)

describe('repo.all', () => {
  it(
    'gives every row of a schema, as loaded rows',
    sandboxed(async (repo) => {
      await library(repo)
      const authors = await repo.all(Author)

      assert.deepEqual(authors.map(({ name }) => name).sort(), ['Austen', 'Eliot'])
      assert.equal(authors[0] && stateOf(authors[0]), 'loaded')
    }),
  )

  it(
    'narrows, orders, limits and skips',
    sandboxed(async (repo) => {
      await library(repo)
      const byTitle = from(Book).orderBy({ title: 'desc' })

      assert.deepEqual(titles(await repo.all(byTitle.limit(2))), ['Romola', 'Persuasion'])
      assert.deepEqual(titles(await repo.all(byTitle.limit(2).offset(1))), ['Persuasion', 'Emma'])
      assert.deepEqual(titles(await repo.all(byTitle.where('pages', '>', 300))), ['Romola', 'Emma'])
      assert.deepEqual(titles(await repo.all(byTitle.where({ inPrint: false }))), ['Romola'])
      assert.deepEqual(titles(await repo.all(byTitle.limit(100))), ['Romola', 'Persuasion', 'Emma'])
    }),
  )

  it(
    'asks for absence, for one of several, and for none of them',
    sandboxed(async (repo) => {
      const { emma } = await library(repo)
      const books = from(Book).orderBy({ id: 'asc' })

      assert.deepEqual(titles(await repo.all(books.where('publishedAt', 'is not', null))), ['Emma'])
      assert.equal((await repo.all(books.where('publishedAt', 'is', null))).length, 2)
      assert.deepEqual(titles(await repo.all(books.where('id', 'in', [emma.id]))), ['Emma'])
      assert.deepEqual(titles(await repo.all(books.where('id', 'in', []))), [])
      assert.deepEqual(titles(await repo.all(books.where('kind', 'not in', ['novel']))), [
        'Persuasion',
      ])
      assert.deepEqual(titles(await repo.all(books.where('title', 'ilike', '%om%'))), ['Romola'])
    }),
  )

  it(
    'compares several fields as one, for what comes next',
    sandboxed(async (repo) => {
      const { persuasion } = await library(repo)
      const next = from(Book)
        .where(['title', 'id'], '>', [persuasion.title, persuasion.id])
        .orderBy({ title: 'asc' })

      assert.deepEqual(titles(await repo.all(next)), ['Romola'])
    }),
  )

  it(
    'reads some fields only, and the keys that preloads go by',
    sandboxed(async (repo) => {
      await library(repo)
      const lean = from(Book).orderBy({ id: 'asc' }).select('title', 'pages').preload('author')
      const [event] = await statementsOf(repo, async () => {
        const [emma] = await repo.all(lean.limit(1))
        assert.deepEqual([emma?.title, emma?.pages, emma?.author.name], ['Emma', 400, 'Austen'])
        assert.throws(() => Reflect.get(emma ?? {}, 'isbn'), {
          name: 'FieldNotSelectedError',
          message:
            'the field "isbn" of "library_books" was not selected. ' +
            "Add 'isbn' to the query's .select(), or leave that out to read all fields.",
        })
      })
      assert.match(
        event?.sql ?? '',
        /^select ("library_books"."\w+" as "(author_id|title|pages)",? )+from/,
      )
      assert.equal(await repo.count(lean), 3)
      assert.equal((await repo.all(Book))[0]?.kind, 'novel')
    }),
  )

  it(
    'takes Kysely expressions, which may look at the tables of associations',
    sandboxed(async (repo) => {
      await library(repo)
      const byEliot = from(Book).where((eb) =>
        eb.exists(
          eb
            .selectFrom('library_authors')
            .select('library_authors.id')
            .whereRef('library_authors.id', '=', 'library_books.authorId')
            .where('library_authors.name', '=', 'Eliot'),
        ),
      )

      assert.deepEqual(titles(await repo.all(byEliot.where('pages', '<', 1000))), ['Romola'])
    }),
  )

  it(
    'reads every type as the schema says',
    sandboxed(async (repo) => {
      const { austen } = await library(repo)
      const whole = {
        authorId: austen.id,
        title: 'Sanditon',
        copiesSold: 5_000_000_000,
        price: '12345678901234567890.10',
        weight: 0.5,
        score: 4.25,
        releasedOn: '1925-01-02',
        publishedAt: new Date('1925-01-02T03:04:05.678Z'),
        reference: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
        cover: new Uint8Array([0, 255, 92]),
        tags: ['a "b"', 'c,{d}', '\\', 'NULL', 'é'],
        shelf: { room: 'B "2"' },
      } as const
      const [inserted] = await repo.insertAll(Book, [whole])
      assert.ok(inserted)
      const read = await repo.getOrThrow(Book, inserted.id)

      assert.deepEqual(
        { ...read, cover: new Uint8Array(read.cover ?? []) },
        {
          ...read,
          ...whole,
          isbn: null,
          kind: 'novel',
          inPrint: true,
        },
      )
    }),
  )
})

describe('repo.get and its kin', () => {
  it(
    'finds by key, cast from what an address says, or gives undefined',
    sandboxed(async (repo) => {
      const { emma } = await library(repo)

      assert.equal((await repo.get(Book, String(emma.id)))?.title, 'Emma')
      assert.equal(await repo.get(Book, emma.id + 1000), undefined)
      assert.equal(await repo.get(from(Book).where({ title: 'Romola' }), emma.id), undefined)
      await assert.rejects(repo.get(Book, 'emma'), {
        name: 'CastError',
        message: `'emma' given for "id" of "library_books" cannot be cast to integer.`,
      })
    }),
  )

  it(
    'says what was not found, with secrets left out',
    sandboxed(async (repo) => {
      await assert.rejects(repo.getOrThrow(from(Book).where({ title: 'x' }), 7), {
        name: 'NotFoundError',
        message: 'no row of "library_books" where title = "x" and id = 7',
      })
      await assert.rejects(repo.getByOrThrow(Author, { email: 'ada@example.org' }), {
        message: 'no row of "library_authors" where email = **redacted**',
      })
    }),
  )

  it(
    'refuses to choose among several',
    sandboxed(async (repo) => {
      await library(repo)

      await assert.rejects(repo.getBy(Book, { kind: 'novel' }), { name: 'MultipleResultsError' })
      await assert.rejects(
        repo.one(Book),
        /expected at most one row of "library_books" \(all of them\)/,
      )
      assert.equal((await repo.one(from(Book).orderBy({ title: 'asc' }).limit(1)))?.title, 'Emma')
    }),
  )

  it(
    'counts, and tells whether there is any',
    sandboxed(async (repo) => {
      await library(repo)

      assert.equal(await repo.count(Book), 3)
      assert.equal(await repo.count(from(Book).limit(2)), 2)
      assert.equal(await repo.count(from(Book).where({ kind: 'poem' })), 0)
      assert.equal(await repo.exists(from(Book).where({ kind: 'essay' })), true)
      assert.equal(await repo.exists(from(Book).where({ kind: 'poem' })), false)
    }),
  )
})

describe('repo.run', () => {
  it(
    'runs what Kysely built, and reads columns by their type',
    sandboxed(async (repo) => {
      const { austen } = await library(repo)
      const counted = tablesOf([Book])
        .selectFrom('library_books')
        .select(({ fn }) => [
          'authorId',
          fn.countAll<number>().as('bookCount'),
          fn.max('publishedAt').as('lastAt'),
        ])
        .where('authorId', '=', austen.id)
        .groupBy('authorId')

      assert.deepEqual(await repo.run(sql<{ two: number }>`select ${1}::int + 1 as two`), [
        { two: 2 },
      ])
      assert.deepEqual(await repo.run(counted), [
        { authorId: austen.id, bookCount: 2, lastAt: new Date('1815-12-23T00:00:00Z') },
      ])
    }),
  )
})

describe('repo.onQuery', () => {
  it(
    'tells of each statement, also of one that failed, until it is stopped',
    sandboxed(async (repo) => {
      await library(repo)
      const events = await statementsOf(repo, async () => {
        await repo.all(from(Book).where({ kind: 'novel' }))
        await repo.get(Book, 1)
        await repo
          .run(
            tablesOf([])
              .selectFrom('nowhere' as never)
              .selectAll(),
          )
          .catch(() => undefined)
      })
      await repo.count(Book)

      assert.deepEqual(
        events.map(({ rows, parameters }) => [rows, parameters]),
        [
          [2, ['novel']],
          [0, [1]],
          [0, []],
        ],
      )
      assert.match(String(events[2]?.error), /relation "nowhere" does not exist/)
      assert.ok(events.every(({ milliseconds }) => milliseconds > 0))
    }),
  )

  it(
    'gives the error its SQL, and a stack that leads to the caller',
    sandboxed(async (repo) => {
      const failing = repo.all(from(Book).where(() => sql<boolean>`pages = 'x'`))
      await assert.rejects(failing, (error: Error & { sql?: string }) => {
        assert.match(error.sql ?? '', /^select .* from "library_books" where pages = 'x'$/)
        assert.match(error.stack ?? '', /read\.test\.ts/)
        return true
      })
    }),
  )
})
