import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import { describe, it } from 'node:test'

import { sql } from 'kysely'

import { libraryTests } from '../testing/library.ts'
import { createSandboxes, type Sandbox } from './create-sandboxes.ts'

const library = libraryTests()

const pidOf = async ({ repo }: Sandbox) =>
  (await repo.run(sql<{ pid: number }>`select pg_backend_pid() as pid`))[0]?.pid

describe('the connections of sandboxes', () => {
  it('serve one test after another', async (t) => {
    const url = library.url()
    if (url === undefined) return t.skip('TEST_DATABASE_URL is not set')
    const sandboxes = createSandboxes(url)
    const [first, beside] = await Promise.all([sandboxes.open(), sandboxes.open()])
    const pids = [await pidOf(first), await pidOf(beside)]
    await first.close()
    await first.close()
    const [again, fresh] = await Promise.all([sandboxes.open(), sandboxes.open()])

    assert.notEqual(pids[0], pids[1])
    assert.equal(await pidOf(again), pids[0])
    assert.equal(pids.includes(await pidOf(fresh)), false)
    await sandboxes.close()
  })

  it('are as many as there are tests that hold one, however many', async (t) => {
    const url = library.url()
    if (url === undefined) return t.skip('TEST_DATABASE_URL is not set')
    const sandboxes = createSandboxes(url)
    const many = availableParallelism() * 3 + 4
    const held = await Promise.all(Array.from({ length: many }, () => sandboxes.open()))

    const pids = new Set(await Promise.all(held.map(pidOf)))
    assert.equal(pids.size, many)
    await sandboxes.close()
  })

  it('keep nothing of the test before', async (t) => {
    const url = library.url()
    if (url === undefined) return t.skip('TEST_DATABASE_URL is not set')
    const sandboxes = createSandboxes(url)
    const first = await sandboxes.open()
    await first.repo.run(sql`set statement_timeout = '7s'`)
    await first.repo.run(sql`create temporary table mine (id int)`)
    await first.repo.run(sql`select pg_advisory_lock(7)`)
    await first.close()
    const next = await sandboxes.open()

    const [found] = await next.repo.run(
      sql`select current_setting('statement_timeout') as timeout, to_regclass('mine') as mine,
        (select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()) as locks`,
    )
    assert.deepEqual(found, { timeout: '0', mine: null, locks: 0 })
    await sandboxes.close()
  })

  it('are replaced when the server ends them', async (t) => {
    const url = library.url()
    if (url === undefined) return t.skip('TEST_DATABASE_URL is not set')
    const sandboxes = createSandboxes(url)
    const [ended, other] = await Promise.all([sandboxes.open(), sandboxes.open()])
    const pid = await pidOf(ended)
    await other.repo.run(sql`select pg_terminate_backend(${pid})`)
    await assert.rejects(pidOf(ended))
    await ended.close()
    const next = await sandboxes.open()

    assert.notEqual(await pidOf(next), pid)
    await sandboxes.close()
  })
})
