import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { assert as assertProperty, date, nat, option, property, record, string } from 'fast-check'
import { sql } from 'kysely'

import { stateOf } from '../../schema/instance.ts'
import { embedded } from '../../schema/schema.ts'
import { t } from '../../schema/types.ts'
import { blogTests, Post, User } from '../../testing/blog.ts'
import { Author, Book, libraryTests } from '../../testing/library.ts'
import { load } from './load.ts'

const { sandboxed } = blogTests()
const { sandboxed: inLibrary } = libraryTests()

describe('load', () => {
  it(
    'makes rows of what SQL written by hand has found, as a query would have',
    inLibrary(async (repo) => {
      const [author] = await repo.insertAll(Author, [{ name: 'Austen', email: null }])
      const book = {
        authorId: author!.id,
        title: 'Emma',
        copiesSold: 12,
        price: '1.50',
        weight: 0.25,
        score: 0.5,
        inPrint: false,
        releasedOn: '1815-12-23',
        publishedAt: new Date('2020-01-02T03:04:05.678Z'),
        reference: '6fa459ea-ee8a-4ca4-894e-db77e160355e',
        cover: Buffer.from('x'),
        tags: ['a', 'b, "c"'],
        shelf: { room: 'A' },
      }
      const [stored] = await repo.insertAll(Book, [book])
      const [found] = await repo.run(sql<Record<string, unknown>>`select * from library_books`)

      const loaded = repo.load(Book, found!)
      assert.deepEqual(loaded, stored)
      assert.equal(stateOf(loaded), 'loaded')
      assert.equal((await repo.preload(loaded, 'author')).author.name, 'Austen')
    }),
  )

  it(
    'reads embeds, and a column under another name than its field',
    sandboxed(async (repo) => {
      const [stored] = await repo.insertAll(Post, [{ title: 'x', language: 'de' }])
      await repo.run(sql`update blog_posts set settings = '{"theme":"dark","columns":2}'`)
      const [found] = await repo.run(sql<Record<string, unknown>>`select * from blog_posts`)

      const loaded = repo.load(Post, found!)
      assert.deepEqual([loaded.language, loaded.links, loaded.temp], ['de', [], 'temp'])
      assert.deepEqual({ ...loaded.settings }, { theme: 'dark', columns: 2 })
      assert.equal(loaded.id, stored?.id)
    }),
  )

  it('takes the text that PostgreSQL writes, by the names of columns too', () => {
    const raw = { id: '7', in_print: 'f', tags: '{a,"b c"}', price: '1.0', shelf: '{"room":"A"}' }
    const book = load(Book, raw)

    assert.deepEqual([book.id, book.inPrint, book.price], [7, false, '1.0'])
    assert.deepEqual([book.tags, book.shelf], [['a', 'b c'], { room: 'A' }])
    assert.equal(load(Book, { inPrint: 'true' }).inPrint, true)
    assert.equal(
      load(Book, { published_at: '2020-01-02 03:04:05+00' }).publishedAt?.getUTCDate(),
      2,
    )
  })

  it('throws where a field is touched that was not there, and passes over what it does not know', () => {
    const user = load(User, { id: 1, name: 'Ada', rank: 12 })
    assert.equal(user.name, 'Ada')
    assert.throws(() => user.email, { name: 'FieldNotSelectedError' })
    assert.equal(Object.hasOwn(user, 'rank'), false)
    assert.equal(load(User, { email: null }).email, null)
  })

  it('raises on a bad value, which it does not show when it is redacted', () => {
    assert.throws(() => load(Book, { pages: 'many' }), {
      name: 'CastError',
      message:
        '\'many\' given to repo.load() for "pages" of "library_books" is not of type integer.',
    })
    assert.throws(() => load(User, { email: {} }), /^CastError: \*\*redacted\*\* given to/)
    assert.throws(() => load(Book, { kind: 'song' }), /for "kind" .* is not of type enum/)
  })

  it('makes rows of a schema without a table, and of numbered words', () => {
    const Reading = embedded({ at: t.datetime(), state: t.enum({ draft: 0, live: 1 }) })
    const reading = load(Reading, { at: '2020-01-02T03:04:05Z', state: 1 })
    assert.deepEqual({ ...reading }, { at: new Date('2020-01-02T03:04:05Z'), state: 'live' })
  })

  it('takes a row’s own values for what they are', () => {
    const values = record({
      id: nat(),
      name: string(),
      email: option(string()),
      insertedAt: date({ noInvalidDate: true }),
      updatedAt: date({ noInvalidDate: true }),
    })
    assertProperty(
      property(values, (given) => assert.deepEqual({ ...load(Author, given) }, { ...given })),
    )
  })
})
