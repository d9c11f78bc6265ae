import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { type Repo, sql } from '@showrunner/data'
import { testDatabase } from '@showrunner/data/sandbox'
import { z } from 'zod'
import { defineJob, enqueue, startJobs } from './index.ts'
import { freeOrphans } from './free-orphans.ts'
import { listening } from './testing/index.ts'

const greet = defineJob({
  name: 'greet',
  args: z.object({ name: z.string() }),
  perform: async ({ done }: { readonly done: string[] }, { name }) => {
    done.push(name)
  },
})

/** A job of a process with this name, which may have died. */
async function taken(repo: Repo, by: string): Promise<void> {
  await enqueue(repo, greet, { name: by })
  await repo.run(
    sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = ${by}, attempts = 1 where locked_at is null`,
  )
}

async function takers(repo: Repo): Promise<readonly (string | null)[]> {
  const rows = await repo.run(
    sql<{
      by: string | null
    }>`select locked_by as by from graphile_worker._private_jobs order by id`,
  )
  return rows.map(({ by }) => by)
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await wait(20)
}

describe('the jobs of a process that died', { concurrency: true, timeout: 60_000 }, () => {
  const looking = (t: TestContext, databaseUrl: string, id: string) => {
    const { log } = listening()
    const watch = freeOrphans({ databaseUrl, id, log, everyMs: 50 })
    t.after(() => watch.stop())
    return watch
  }

  it('are free again, and those of one that lives stay its own', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const { url } = database
    const repo = database.repo.unscoped()
    const living = looking(t, url, 'living')
    looking(t, url, 'other')
    await wait(200)

    await taken(repo, 'living')
    await taken(repo, 'dead')
    await until(async () => (await takers(repo))[1] === null)
    await wait(200)
    assert.deepEqual(await takers(repo), ['living', null])

    await living.stop()
    await until(async () => (await takers(repo))[0] === null)
  })

  it('stay its own while it only lost its connection for a moment', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const { url } = database
    const repo = database.repo.unscoped()
    const { log } = listening()
    // Comes back sooner than the other looks a second time.
    const watch = freeOrphans({ databaseUrl: url, id: 'living', log, everyMs: 20 })
    t.after(() => watch.stop())
    const slow = freeOrphans({ databaseUrl: url, id: 'other', log, everyMs: 400 })
    t.after(() => slow.stop())
    await wait(200)
    await taken(repo, 'living')

    await repo.run(sql`select pg_terminate_backend(pid) from pg_locks
      where locktype = 'advisory' and objid = (hashtext('living')::bigint & 4294967295)::oid
        and database = (select oid from pg_database where datname = current_database())`)
    await wait(1_000)

    assert.deepEqual(await takers(repo), ['living'])
  })

  it('are done by the next that does jobs', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const { url } = database
    const repo = database.repo.unscoped()
    await taken(repo, 'dead')
    const done: string[] = []
    const { log, said } = listening()

    const running = await startJobs({ databaseUrl: url, jobs: [greet], parts: { done }, log })
    t.after(() => running.stop())
    await said(/Completed task/)

    assert.deepEqual(done, ['dead'])
  })
})
