import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { from } from '../../query/from.ts'
import { openSandbox } from '../../sandbox/sandbox.ts'
import { build } from '../../schema/instance.ts'
import { Author, Book, libraryTests } from '../../testing/library.ts'
import { type PrepareQuery, type QueryOptions } from './prepare.ts'
import { type Repo, type RepoOptions } from '../repo.ts'

const { url } = libraryTests()

interface Call {
  readonly operation: string
  readonly source: string
  readonly options: QueryOptions
}

/** A repo that writes down what its hook is told, and shows nobody of the name "Secret". */
async function watched(
  work: (repo: Repo, calls: Call[]) => Promise<void>,
  options: Pick<RepoOptions, 'prepareQuery' | 'defaultOptions'> = {},
): Promise<void> {
  const database = url()
  if (database === undefined) return
  const calls: Call[] = []
  const prepareQuery: PrepareQuery = (operation, query, told) => {
    calls.push({ operation, source: query.schema.source, options: told })
    if (query.schema.source !== 'library_authors') return query
    return query.where('name', '!=', 'Secret')
  }
  const sandbox = await openSandbox(database, { prepareQuery, ...options })
  try {
    const { repo } = sandbox
    await repo.insertOrThrow(build(Author, { name: 'Secret' }))
    const { id: authorId } = await repo.insertOrThrow(build(Author, { name: 'Austen' }))
    await repo.insertOrThrow(build(Book, { authorId, title: 'Emma' }))
    assert.deepEqual(calls, [])
    await work(repo, calls)
  } finally {
    await sandbox.close()
  }
}

const operations = (calls: readonly Call[]) => calls.map(({ operation }) => operation)

describe('prepare_query', () => {
  it('all: is given every read, and its answer is what runs', () =>
    watched(async (repo, calls) => {
      const names = (await repo.all(Author)).map(({ name }) => name)
      const secret = await repo.getBy(Author, { name: 'Secret' })
      const [exists, count] = [
        await repo.exists(from(Author).where({ name: 'Secret' })),
        await repo.count(Author),
      ]

      assert.deepEqual(names, ['Austen'])
      assert.deepEqual([secret, exists, count], [undefined, false, 1])
      assert.deepEqual(operations(calls), ['all', 'all', 'all', 'all'])
    }))

  it('update_all, and delete_all', () =>
    watched(async (repo, calls) => {
      await repo.deleteAll(Book)
      assert.equal(await repo.updateAll(Author, { name: 'Changed' }), 1)
      assert.equal(await repo.deleteAll(Author), 1)
      assert.deepEqual(operations(calls), ['deleteAll', 'updateAll', 'deleteAll'])
    }))

  it('stream', () =>
    watched(async (repo, calls) => {
      const names: string[] = []
      await repo.transaction(async () => {
        for await (const { name } of repo.stream(Author)) names.push(name)
      })
      assert.deepEqual(names, ['Austen'])
      assert.deepEqual(operations(calls), ['stream'])
    }))

  it('preload: says that the query is none of the caller’s', () =>
    watched(async (repo, calls) => {
      await repo.all(from(Author).preload({ books: 'author' }))
      const told = calls.map(({ source, options }) => [source, options.purpose])
      assert.deepEqual(told, [
        ['library_authors', undefined],
        ['library_books', 'preload'],
        ['library_authors', 'preload'],
      ])
    }))

  it('may not turn a query into one on another table', () =>
    watched(
      async (repo) => {
        await assert.rejects(repo.all(Author), {
          name: 'QueryError',
          message: /was given a query on "library_authors" and gave one on "library_books"/,
        })
      },
      { prepareQuery: () => from(Book) },
    ))
})

describe('default_options', () => {
  it('passes a default option, under what the repo is told, also to what it preloads', () =>
    watched(
      async (repo, calls) => {
        await repo.all(Book)
        await repo.withOptions({ locale: 'de' }).all(from(Book).preload('author'))

        assert.deepEqual(
          calls.map(({ options }) => [options['locale'], options['by']]),
          [
            ['en', 'all'],
            ['de', 'all'],
            ['de', 'all'],
          ],
        )
      },
      { defaultOptions: (operation) => ({ locale: 'en', by: operation }) },
    ))
})
