import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { cast } from '../../changeset/cast.ts'
import { change, put } from '../../changeset/change.ts'
import { checkConstraint, foreignKey, unique } from '../../changeset/constraints.ts'
import { errorMessages } from '../../changeset/messages.ts'
import { check } from '../../changeset/rule.ts'
import { required } from '../../changeset/validate.ts'
import { from } from '../../query/from.ts'
import { build, stateOf } from '../../schema/instance.ts'
import { Author, Book, libraryTests, statementsOf } from '../../testing/library.ts'
import { type Repo } from '../repo.ts'

const { sandboxed } = libraryTests()

async function author(repo: Repo, name = 'Austen'): Promise<Author> {
  return repo.insertOrThrow(build(Author, { name }))
}

function bookChangeset(book: Book, params: unknown) {
  return check(
    cast(book, params, ['authorId', 'title', 'isbn', 'pages']),
    required('title'),
    unique('isbn'),
    unique(['authorId', 'title'], { errorField: 'title' }),
    foreignKey('authorId'),
    checkConstraint('pages', { name: 'library_books_pages_check', message: 'must be positive' }),
  )
}

describe('repo.insert', () => {
  it(
    'stores a valid changeset, and gives the row as the database has it',
    sandboxed(async (repo) => {
      const { id } = await author(repo)
      const saved = await repo.insert(bookChangeset(build(Book), { authorId: id, title: 'Emma' }))

      assert.ok(saved.ok)
      assert.equal(stateOf(saved.value), 'loaded')
      assert.equal(saved.value.copiesSold, 0)
      assert.deepEqual(await repo.getOrThrow(Book, saved.value.id), saved.value)
    }),
  )

  it(
    'sends nothing for an invalid one, and says what was tried',
    sandboxed(async (repo) => {
      const events = await statementsOf(repo, async () => {
        const saved = await repo.insert(bookChangeset(build(Book), { title: ' ' }))
        assert.ok(!saved.ok)
        assert.equal(saved.changeset.action, 'insert')
        assert.deepEqual(errorMessages(saved.changeset), { title: ["can't be blank"] })
      })
      assert.deepEqual(events, [])
    }),
  )

  it(
    'leaves to the database what nobody gave, and writes a null that was meant',
    sandboxed(async (repo) => {
      const { id } = await author(repo)
      const book = build(Book, { authorId: id, title: 'Emma', kind: 'poem' })
      const [event] = await statementsOf(repo, () => repo.insert(change(book, { isbn: null })))

      assert.match(event?.sql ?? '', /\("author_id", "title", "kind".*\) values/)
      assert.doesNotMatch(event?.sql.split('values')[0] ?? '', /"isbn"|"price"|"id"/)
    }),
  )

  it(
    'sets both timestamps to one moment, unless they were given',
    sandboxed(async (repo) => {
      const { insertedAt, updatedAt } = await author(repo)
      const then = new Date('2020-01-01T00:00:00Z')
      const given = await repo.insertOrThrow(build(Author, { name: 'Eliot', insertedAt: then }))

      assert.deepEqual(insertedAt, updatedAt)
      assert.deepEqual(given.insertedAt, then)
      assert.notDeepEqual(given.updatedAt, then)
    }),
  )
})

describe('a violated constraint', () => {
  it(
    'is an error on its field when the changeset declares it, and nothing is stored',
    sandboxed(async (repo) => {
      const { id } = await author(repo)
      const params = { authorId: id, title: 'Emma', isbn: '1' }
      await repo.insertOrThrow(bookChangeset(build(Book), params))
      const attempts = [
        { ...params, title: 'Other' },
        { ...params, isbn: '2' },
        { ...params, title: 'Other', isbn: '2', authorId: id + 1000 },
        { ...params, title: 'Other', isbn: '2', pages: '0' },
      ]
      const messages = []
      for (const attempt of attempts) {
        const saved = await repo.insert(bookChangeset(build(Book), attempt))
        messages.push(saved.ok ? {} : errorMessages(saved.changeset))
      }

      assert.deepEqual(messages, [
        { isbn: ['has already been taken'] },
        { title: ['has already been taken'] },
        { authorId: ['does not exist'] },
        { pages: ['must be positive'] },
      ])
      assert.equal(await repo.count(Book), 1)
    }),
  )

  it(
    'names itself in the meta of the error',
    sandboxed(async (repo) => {
      const saved = await repo.insert(bookChangeset(build(Book), { authorId: 0, title: 'x' }))
      assert.deepEqual(saved.ok ? null : saved.changeset.errors['authorId'], [
        {
          message: 'does not exist',
          meta: { constraint: 'foreign', constraintName: 'library_books_author_id_fkey' },
        },
      ])
    }),
  )

  it(
    'throws when no changeset declares it, and says which call would',
    sandboxed(async (repo) => {
      const { id } = await author(repo)
      const changeset = check(
        change(build(Book, { authorId: id, title: 'x', pages: 0 })),
        unique('isbn'),
      )

      await assert.rejects(repo.insert(changeset), {
        name: 'ConstraintError',
        message:
          'constraint error when attempting to insert a row of "library_books":\n\n' +
          '    * "library_books_pages_check" (check)\n\n' +
          "To make that an error on a field, add checkConstraint('…') to the changeset's check(), with " +
          "{ name: 'library_books_pages_check' } where its name does not follow the convention.\n\n" +
          'The changeset declares these constraints:\n\n' +
          '    * "library_books_isbn_index" or "library_books_isbn_key" or "library_books_isbn_idx" (unique)',
      })
    }),
  )

  it(
    'is no constraint error when it is a null where none may be',
    sandboxed(async (repo) => {
      await assert.rejects(repo.insert(build(Author)), { code: '23502' })
    }),
  )
})

describe('repo.update', () => {
  it(
    'writes what changed, and updatedAt, and nothing else',
    sandboxed(async (repo) => {
      const before = await author(repo)
      const [event] = await statementsOf(repo, async () => {
        const saved = await repo.update(change(before, { name: 'Jane Austen' }))
        assert.ok(saved.ok)
        assert.equal(saved.value.name, 'Jane Austen')
        assert.ok(saved.value.updatedAt >= before.updatedAt)
        assert.deepEqual(saved.value.insertedAt, before.insertedAt)
      })

      assert.match(event?.sql ?? '', /set "name" = \$2, "updated_at" = \$3 where "id" = \$1/)
      assert.equal(before.name, 'Austen')
    }),
  )

  it(
    'sends nothing when nothing changed',
    sandboxed(async (repo) => {
      const before = await author(repo)
      const events = await statementsOf(repo, async () => {
        const saved = await repo.update(change(before, { name: 'Austen' }))
        assert.equal(saved.ok && saved.value, before)
      })
      assert.deepEqual(events, [])
    }),
  )

  it(
    'keeps what was loaded, except where the key that leads there changed',
    sandboxed(async (repo) => {
      const [austen, eliot] = [await author(repo), await author(repo, 'Eliot')]
      const book = await repo.insertOrThrow(build(Book, { authorId: austen.id, title: 'Emma' }))
      const loaded = await repo.preload(book, 'author', 'reviews')

      const renamed = await repo.updateOrThrow(put(change(loaded), 'title', 'Romola'))
      assert.deepEqual(Object.keys(renamed).slice(-2), ['author', 'reviews'])
      const moved = await repo.updateOrThrow(change(loaded, { authorId: eliot.id }))
      assert.throws(() => moved.author, { name: 'AssociationNotLoadedError' })
      assert.deepEqual(Reflect.get(moved, 'reviews'), [])
    }),
  )

  it(
    'throws when the row is gone, or was never there',
    sandboxed(async (repo) => {
      const gone = await author(repo)
      await repo.deleteOrThrow(gone)

      await assert.rejects(repo.update(change(gone, { name: 'x' })), { name: 'StaleRowError' })
      await assert.rejects(
        repo.delete(gone),
        /attempted to delete the row of "library_authors" with id \d+/,
      )
      await assert.rejects(repo.update(change(build(Author), { name: 'x' })), /was never stored/)
    }),
  )
})

describe('repo.delete', () => {
  it(
    'deletes, and gives the row as deleted',
    sandboxed(async (repo) => {
      const before = await author(repo)
      const saved = await repo.delete(before)

      assert.equal(saved.ok && stateOf(saved.value), 'deleted')
      assert.equal(await repo.get(Author, before.id), undefined)
    }),
  )

  it(
    'turns a declared foreign key into an error',
    sandboxed(async (repo) => {
      const before = await author(repo)
      await repo.insertOrThrow(build(Book, { authorId: before.id, title: 'Emma' }))
      const stillUsed = foreignKey<typeof Author>('id', {
        name: 'library_books_author_id_fkey',
        message: 'still has books',
      })
      const saved = await repo.delete(check(change(before), stillUsed))

      assert.deepEqual(saved.ok || errorMessages(saved.changeset), { id: ['still has books'] })
      assert.equal(await repo.count(Author), 1)
    }),
  )
})

describe('the writes that throw', () => {
  it(
    'name what is wrong with the changeset',
    sandboxed(async (repo) => {
      await assert.rejects(repo.insertOrThrow(bookChangeset(build(Book), {})), {
        name: 'InvalidChangesetError',
        message:
          /^could not insert a row of "library_books", because the changeset is invalid\.\n\nErrors\n {2}\* title can't be blank\n/,
      })
    }),
  )
})

describe('writing many rows', () => {
  it(
    'insertAll keeps the order, fills defaults, and takes more than one statement can hold',
    sandboxed(async (repo) => {
      const { id } = await author(repo)
      const rows = Array.from({ length: 8000 }, (_, index) => ({
        authorId: id,
        title: `Book ${index}`,
        ...(index % 2 === 0 ? { kind: 'poem' as const } : {}),
      }))
      const inserted = await repo.insertAll(Book, rows)

      assert.deepEqual(inserted.at(-1)?.title, 'Book 7999')
      assert.deepEqual(
        inserted.slice(0, 2).map(({ kind }) => kind),
        ['poem', 'novel'],
      )
      assert.equal(await repo.count(Book), 8000)
      assert.deepEqual(await repo.insertAll(Book, []), [])
    }),
  )

  it(
    'updateAll and deleteAll touch the rows of the query, and say how many there were',
    sandboxed(async (repo) => {
      const { id } = await author(repo)
      await repo.insertAll(Book, [
        { authorId: id, title: 'a' },
        { authorId: id, title: 'b' },
        { authorId: id, title: 'c', kind: 'poem' },
      ])

      const novels = from(Book).where({ kind: 'novel' })
      assert.equal(await repo.updateAll(novels, { pages: 9, shelf: { room: 'A' } }), 2)
      assert.equal(await repo.count(from(Book).where({ pages: 9 })), 2)
      assert.equal(await repo.deleteAll(novels), 2)
      assert.deepEqual(
        (await repo.all(Book)).map(({ title }) => title),
        ['c'],
      )
    }),
  )

  it(
    'refuses a query that says more than which rows',
    sandboxed(async (repo) => {
      await assert.rejects(
        repo.deleteAll(from(Book).orderBy({ id: 'asc' }).limit(1)),
        /deleteAll\(\) on "library_books" takes a query with where\(\) and join\(\) only, got also: orderBy, limit/,
      )
    }),
  )
})

describe('what is no row', () => {
  it(
    'is refused by every write, which says what it takes',
    sandboxed(async (repo) => {
      const refused =
        /takes a changeset or a row, got: (null|\{ title: 'x' \})\. Make a row with build/
      for (const given of [null, { title: 'x' }] as never[]) {
        await assert.rejects(repo.insert(given), refused)
        await assert.rejects(repo.update(given), refused)
        await assert.rejects(repo.delete(given), refused)
        await assert.rejects(repo.insertOrUpdate(given), refused)
        await assert.rejects(
          repo.insertAll(Book, given),
          /insertAll\(\) for "library_books" takes a list of rows or a query that selects them, got/,
        )
      }
    }),
  )
})
