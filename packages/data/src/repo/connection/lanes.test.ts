import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { describe, it, type TestContext } from 'node:test'

import { sql } from 'kysely'
import { Pool } from 'pg'

import { from } from '../../query/from.ts'
import { tablesOf } from '../../query/tables.ts'
import { schema } from '../../schema/schema.ts'
import { t as types } from '../../schema/types.ts'
import { Book, execute, libraryTests } from '../../testing/library.ts'
import { createRepo, type Repo, type RepoOptions } from '../repo.ts'

const { url } = libraryTests()
const db = tablesOf([])

function open(t: TestContext, options: RepoOptions = {}): Repo | undefined {
  const database = url()
  if (database === undefined) {
    t.skip('TEST_DATABASE_URL is not set')
    return undefined
  }
  const repo = createRepo({ url: database, ...options })
  t.after(() => repo.close())
  return repo
}

const backend = db.selectNoFrom(sql<number>`pg_backend_pid()`.as('pid'))
const setting = (name: string) => db.selectNoFrom(sql<string>`current_setting(${name})`.as('value'))

describe('a repo and its connections', () => {
  it('opens no more than it may, however much is asked at once', async (t) => {
    const repo = open(t, { connections: 2 })
    if (!repo) return
    const answers = await Promise.all(Array.from({ length: 30 }, () => repo.run(backend)))

    const pids = new Set(answers.map(([row]) => row?.pid))
    assert.ok(pids.size <= 2)
  })

  it('runs statements that may be slow side by side', async (t) => {
    const repo = open(t, { connections: 2, statementTimeoutMs: 10_000 })
    const database = url()
    if (!repo || database === undefined) return
    // Each waits for the other, so that on one connection neither would ever be done.
    await execute(
      database,
      `create function meet(mine int, other int) returns boolean language plpgsql as $$ begin
        perform pg_advisory_lock(mine);
        while not exists (select from pg_locks where locktype = 'advisory' and objid = other) loop
          perform pg_sleep(0.002);
        end loop;
        return true;
      end $$`,
    )
    const meet = (mine: number, other: number) =>
      db.selectNoFrom(sql<boolean>`meet(${mine}::int, ${other}::int)`.as('met'))
    const [left, right] = await Promise.all([repo.run(meet(1, 2)), repo.run(meet(2, 1))])

    assert.deepEqual([left[0]?.met, right[0]?.met], [true, true])
  })

  it('sets up every session alike', async (t) => {
    const repo = open(t, { applicationName: 'lanes test', statementTimeoutMs: 1234 })
    if (!repo) return
    const values = []
    for (const name of ['TimeZone', 'application_name', 'statement_timeout']) {
      values.push((await repo.run(setting(name)))[0]?.value)
    }
    assert.deepEqual(values, ['UTC', 'lanes test', '1234ms'])
  })

  it('cancels a statement that takes too long', async (t) => {
    const repo = open(t, { statementTimeoutMs: 20 })
    if (!repo) return
    await assert.rejects(repo.run(db.selectNoFrom(sql`pg_sleep(10)`.as('slept'))), {
      code: '57014',
    })
  })

  it('one failure leaves what was sent with it untouched', async (t) => {
    const repo = open(t, { connections: 1 })
    if (!repo) return
    await repo.count(Book)
    const [first, failed, last] = await Promise.allSettled([
      repo.count(Book),
      repo.run(db.selectNoFrom(sql`1 / 0`.as('nonsense'))),
      repo.count(Book),
    ])
    assert.deepEqual(
      [first.status, failed.status, last.status],
      ['fulfilled', 'rejected', 'fulfilled'],
    )
  })

  it('opens another connection when the server ends one', async (t) => {
    const repo = open(t, { connections: 1 })
    if (!repo) return
    const suicide = db.selectNoFrom(sql`pg_terminate_backend(pg_backend_pid())`.as('done'))

    await assert.rejects(repo.run(suicide))
    assert.equal(await repo.count(Book), 0)
  })

  it('says so when there is nobody to connect to, and tries again the next time', async (t) => {
    const server = createServer((socket) => socket.destroy())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    t.after(() => server.close())
    const address = server.address()
    assert.ok(typeof address === 'object' && address)
    const repo = createRepo({ url: `postgres://nobody@127.0.0.1:${address.port}/nothing` })

    await assert.rejects(repo.count(Book))
    await assert.rejects(Promise.all([repo.count(Book), repo.count(Book)]))
    await repo.close()
  })

  it('answers what was under way before it closes, and nothing after', async (t) => {
    const database = url()
    if (database === undefined) return t.skip('TEST_DATABASE_URL is not set')
    const repo = createRepo({ url: database, connections: 2 })
    await repo.count(Book)
    const underWay = Promise.all([repo.count(Book), repo.count(Book)])
    await repo.close()

    assert.deepEqual(await underWay, [0, 0])
    await assert.rejects(repo.count(Book), /the repo is closed/)
  })

  it('goes on when a migration gave a column another type', async (t) => {
    const repo = open(t, { connections: 1 })
    const database = url()
    if (!repo || database === undefined) return
    await execute(
      database,
      'create table changing (id bigint primary key, size integer); insert into changing values (1, 2)',
    )
    const Before = schema('changing', { id: types.id(), size: types.integer() })
    const sized = from(Before).where({ size: 2 })

    assert.equal((await repo.one(sized))?.size, 2)
    await execute(database, 'alter table changing alter size type bigint')
    assert.equal((await repo.one(sized))?.size, 2)
  })

  it('works on a pool of yours just as well, and leaves it open', async (t) => {
    const database = url()
    if (database === undefined) return t.skip('TEST_DATABASE_URL is not set')
    const pool = new Pool({ connectionString: database, max: 2 })
    t.after(() => pool.end())
    const repo = createRepo({ pool })

    assert.deepEqual(await Promise.all([repo.count(Book), repo.count(Book)]), [0, 0])
    assert.equal(await repo.transaction(() => repo.count(Book)), 0)
    await repo.close()
    assert.equal((await pool.query('select 1 as one')).rows.length, 1)
  })
})
