import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { Client } from 'pg'

import { sql } from 'kysely'

import { from } from '../query/from.ts'
import { tablesOf } from '../query/tables.ts'
import { build } from '../schema/instance.ts'
import { Author, execute, libraryTests } from '../testing/library.ts'
import { testDatabaseUrl } from './env.ts'
import { openSandbox, sandboxed, testDatabase } from './sandbox.ts'

const library = libraryTests()

const currentDatabase = tablesOf([]).selectNoFrom(sql<string>`current_database()`.as('name'))

const named = (name: string) => build(Author, { name, email: `${name}@example.org` })

describe('a sandbox', () => {
  it('shows its own writes to nobody else, and leaves nothing behind', async (t) => {
    const url = library.url()
    if (url === undefined) return t.skip('TEST_DATABASE_URL is not set')
    const [left, right] = await Promise.all([openSandbox(url), openSandbox(url)])
    await left.repo.insertOrThrow(named('left'))

    assert.equal(await left.repo.count(Author), 1)
    assert.equal(await right.repo.count(Author), 0)
    await left.close()
    await right.close()
    const after = await openSandbox(url)
    assert.equal(await after.repo.count(Author), 0)
    await after.close()
  })

  it(
    'is not spoiled by a statement that fails',
    library.sandboxed(async (repo) => {
      await repo.insertOrThrow(named('austen'))
      await assert.rejects(repo.insert(named('austen')), { name: 'ConstraintError' })
      await assert.rejects(
        repo.all(from(Author).where((eb) => eb('name', '=', eb.lit(1) as never))),
      )

      await repo.insertOrThrow(named('eliot'))
      assert.equal(await repo.count(Author), 2)
    }),
  )

  it(
    'keeps and undoes transactions as a database does',
    library.sandboxed(async (repo) => {
      await repo.transaction(() => repo.insertOrThrow(named('kept')))
      const undone = repo.transaction(async () => {
        await repo.insertOrThrow(named('undone'))
        throw new Error('no')
      })
      await assert.rejects(undone, /no/)
      await repo.transaction(() => repo.insertOrThrow(named('also')))

      const names = (await repo.all(from(Author).orderBy({ id: 'asc' }))).map(({ name }) => name)
      assert.deepEqual(names, ['kept', 'also'])
    }),
  )

  it(
    'lets what runs at once take turns, transactions as a whole',
    library.sandboxed(async (repo) => {
      const failing = repo.transaction(async () => {
        await repo.insertOrThrow(named('undone'))
        await new Promise((resolve) => setImmediate(resolve))
        throw new Error('no')
      })
      const kept = repo.insertOrThrow(named('kept'))
      await assert.rejects(failing, /no/)
      await kept

      assert.deepEqual(
        (await repo.all(Author)).map(({ name }) => name),
        ['kept'],
      )
    }),
  )

  it('waits at its end for what is under way, and runs nothing after', async (t) => {
    const url = library.url()
    if (url === undefined) return t.skip('TEST_DATABASE_URL is not set')
    const sandbox = await openSandbox(url)
    const { repo } = sandbox
    const underWay = repo.count(Author)
    await sandbox.close()

    assert.equal(await underWay, 0)
    await assert.rejects(repo.count(Author), /the test that this repo belongs to is over/)
  })
})

describe('sandboxed', () => {
  it(
    'gives a test a repo on a copy of the database that TEST_DATABASE_URL names',
    sandboxed(async (repo, t) => {
      const database = new URL(testDatabaseUrl() ?? '').pathname.slice(1)
      const { rows } = await repo.transaction(async () => ({
        rows: await repo.run(currentDatabase),
      }))
      assert.match(rows[0]?.name ?? '', new RegExp(`^${database}_[0-9a-f]{12}$`))
      assert.equal(
        t.name,
        'gives a test a repo on a copy of the database that TEST_DATABASE_URL names',
      )
    }),
  )
})

describe('testDatabase', () => {
  it('gives a test a database that commits, and drops it after', async (t) => {
    let url = ''
    await t.test('inside', async (inner) => {
      const database = await testDatabase(inner)
      if (!database) return
      url = database.url
      const { repo } = database
      // Hooks of the test's own still find the database there.
      inner.after(async () =>
        assert.equal(await repo.count(Author).catch(() => 'no table'), 'no table'),
      )
      await execute(url, 'create table mine (id int)')
      assert.equal(await has(url, 'mine'), true)
      assert.equal((await database.repo.run(currentDatabase)).length, 1)
    })
    if (url !== '') await assert.rejects(execute(url, 'select 1'), { code: '3D000' })
  })
})

async function has(url: string, table: string): Promise<boolean> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ found: boolean }>(
      'select to_regclass($1) is not null as found',
      [table],
    )
    return rows[0]?.found ?? false
  } finally {
    await client.end()
  }
}
