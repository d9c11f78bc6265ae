import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { from } from '../../query/from.ts'
import { Author, Book, libraryTests, Profile, Review, statementsOf } from '../../testing/library.ts'
import { type Repo } from '../repo.ts'

const { sandboxed } = libraryTests()

/** Keys differ from table to table, so that rows cannot be matched by the wrong one and look right. */
async function library(repo: Repo) {
  await repo.insertAll(Author, [{ name: 'nobody' }, { name: 'no one' }, { name: 'none' }])
  const [austen, eliot] = await repo.insertAll(Author, [{ name: 'Austen' }, { name: 'Eliot' }])
  assert.ok(austen && eliot)
  await repo.insertAll(Profile, [{ authorId: eliot.id, bio: 'born Mary Ann Evans' }])
  const [romola, emma, persuasion] = await repo.insertAll(Book, [
    { authorId: eliot.id, title: 'Romola', editorId: austen.id },
    { authorId: austen.id, title: 'Emma' },
    { authorId: austen.id, title: 'Persuasion', editorId: austen.id },
  ])
  assert.ok(romola && emma && persuasion)
  await repo.insertAll(Review, [
    { bookId: persuasion.id, stars: 5 },
    { bookId: emma.id, stars: 3 },
    { bookId: persuasion.id, stars: 4 },
  ])
  return { austen, eliot, romola, emma, persuasion }
}

const titles = (books: readonly { readonly title: string }[]): string[] =>
  books.map(({ title }) => title)

describe('a preload', () => {
  it(
    'of belongsTo gives the one row, shared by those that share it, and null without a key',
    sandboxed(async (repo) => {
      const { austen } = await library(repo)
      const books = await repo.all(from(Book).orderBy({ title: 'asc' }).preload('author', 'editor'))

      assert.deepEqual(
        books.map(({ author }) => author.name),
        ['Austen', 'Austen', 'Eliot'],
      )
      assert.deepEqual(
        books.map(({ editor }) => editor?.id ?? null),
        [null, austen.id, austen.id],
      )
      assert.equal(books[0]?.author, books[1]?.author)
    }),
  )

  it(
    'of hasMany gives each its own, in the order of the association, or none',
    sandboxed(async (repo) => {
      await library(repo)
      const authors = await repo.all(from(Author).orderBy({ id: 'asc' }).preload('books'))
      assert.deepEqual(
        authors.map(({ books }) => titles(books)),
        [[], [], [], ['Emma', 'Persuasion'], ['Romola']],
      )
    }),
  )

  it(
    'of hasOne gives the row or null',
    sandboxed(async (repo) => {
      const { austen, eliot } = await library(repo)
      const [first, second] = await repo.preload([austen, eliot], 'profile')
      assert.equal(first?.profile, null)
      assert.equal(second?.profile?.bio, 'born Mary Ann Evans')
    }),
  )

  it(
    'through others gives the rows at the end, each once, in the order they are met',
    sandboxed(async (repo) => {
      const { austen, romola, emma } = await library(repo)
      const { reviews, books } = await repo.preload(austen, 'reviews', 'books')
      assert.deepEqual(
        reviews.map(({ stars }) => stars),
        [3, 5, 4],
      )
      assert.deepEqual(titles(books), ['Emma', 'Persuasion'])
      const [ofEliot, ofAusten] = await repo.preload([romola, emma], 'authorProfile')
      assert.equal(ofEliot?.authorProfile?.bio, 'born Mary Ann Evans')
      assert.equal(ofAusten?.authorProfile, null)
    }),
  )

  it(
    'goes as deep as it is told, in every way it can be written',
    sandboxed(async (repo) => {
      const { austen } = await library(repo)
      const nested = { books: ['reviews', { editor: 'profile' }] } as const
      const { books } = await repo.preload(austen, nested)
      assert.deepEqual(
        books.map(({ reviews }) => reviews.length),
        [1, 2],
      )
      assert.deepEqual(
        books.map(({ editor }) => editor && editor.profile),
        [null, null],
      )
    }),
  )

  it(
    'gives copies: the rows it was given stay as they are',
    sandboxed(async (repo) => {
      const { austen } = await library(repo)
      const loaded = await repo.preload(austen, { books: 'editor' })
      const deeper = await repo.preload(loaded, { books: 'reviews' })

      assert.throws(() => austen.books, { name: 'AssociationNotLoadedError' })
      assert.throws(() => loaded.books[0]?.reviews, { name: 'AssociationNotLoadedError' })
      assert.deepEqual(
        deeper.books.map(({ editor, reviews }) => [editor?.name, reviews.length]),
        [
          [undefined, 1],
          ['Austen', 2],
        ],
      )
      assert.ok('name' in deeper && deeper.name === 'Austen')
    }),
  )

  it(
    'of no rows, or of rows of two schemas',
    sandboxed(async (repo) => {
      const { austen, emma } = await library(repo)
      const none: Author[] = []
      assert.deepEqual(await repo.preload(none, 'books'), [])
      const mixed: readonly unknown[] = [austen, emma]
      await assert.rejects(
        repo.preload(mixed as readonly Author[], 'books'),
        /takes rows of one schema, got: "library_authors" and "library_books"/,
      )
    }),
  )

  it(
    'of something unknown is refused before anything runs',
    sandboxed(async (repo) => {
      // @ts-expect-error there is no such association
      assert.throws(() => from(Book).preload('autor'), /Did you mean "author"\?/)
      // @ts-expect-error nor is there on the other side
      const nested = repo.preload(await repo.all(Book), { author: 'edits' })
      assert.deepEqual(await nested, [])
    }),
  )
})

describe('the queries a preload takes', () => {
  async function counted(repo: Repo, work: () => Promise<unknown>): Promise<number> {
    return (await statementsOf(repo, work)).length
  }

  it(
    'are one for each branch, however many rows',
    sandboxed(async (repo) => {
      await library(repo)
      const books = from(Book)
      assert.equal(await counted(repo, () => repo.all(books.preload('reviews'))), 2)
      assert.equal(await counted(repo, () => repo.all(books.preload('author', 'reviews'))), 3)
      assert.equal(await counted(repo, () => repo.all(books.preload({ author: 'profile' }))), 3)
      assert.equal(
        await counted(repo, () =>
          repo.all(books.preload({ author: ['profile', 'edited'] }, 'reviews', 'editor')),
        ),
        6,
      )
    }),
  )

  it(
    'of a through are those of its steps, shared with what else goes there',
    sandboxed(async (repo) => {
      await library(repo)
      const authors = from(Author)
      assert.equal(await counted(repo, () => repo.all(authors.preload('reviews'))), 3)
      assert.equal(await counted(repo, () => repo.all(authors.preload('reviews', 'books'))), 3)
      assert.equal(
        await counted(repo, () => repo.all(authors.preload('reviews', { books: 'editor' }))),
        4,
      )
    }),
  )

  it(
    'are none for what is loaded, missing or nowhere',
    sandboxed(async (repo) => {
      const { emma, romola } = await library(repo)
      const loaded = await repo.preload(emma, 'author')
      assert.equal(await counted(repo, () => repo.preload(loaded, 'author')), 0)
      assert.equal(await counted(repo, () => repo.preload(loaded, { author: 'books' })), 1)
      assert.equal(await counted(repo, () => repo.preload(emma, { editor: 'books' })), 0)
      assert.equal(await counted(repo, () => repo.preload(romola, { reviews: 'book' })), 1)
      assert.equal(
        await counted(repo, () => repo.all(from(Book).where({ kind: 'poem' }).preload('author'))),
        1,
      )
    }),
  )

  it(
    'are for the missing rows only, when some are loaded',
    sandboxed(async (repo) => {
      const { austen, eliot } = await library(repo)
      const loaded = await repo.preload(austen, 'books')
      const [event, ...others] = await statementsOf(repo, async () => {
        const both = await repo.preload([loaded, eliot], 'books')
        assert.deepEqual(
          both.map(({ books }) => books.length),
          [2, 1],
        )
      })
      assert.deepEqual(event?.parameters, [eliot.id])
      assert.deepEqual(others, [])
    }),
  )

  it(
    'come one after the other when they are told to',
    sandboxed(async (repo) => {
      const { austen } = await library(repo)
      const events = await statementsOf(repo, () =>
        repo.preload(austen, { books: ['reviews', 'editor'] }, 'profile', { parallel: false }),
      )
      const tables = events.map(({ sql }) => /from "library_(\w+)"/.exec(sql)?.[1])
      assert.deepEqual(tables, ['books', 'reviews', 'authors', 'profiles'])
    }),
  )
})
