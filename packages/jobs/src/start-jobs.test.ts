import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import { describe, it, type TestContext } from 'node:test'
import { type Repo, sql } from '@showrunner/data'
import { testDatabase } from '@showrunner/data/sandbox'
import { z } from 'zod'
import { countJobs, defineJob, enqueue, listJobs, startJobs, TryLaterError } from './index.ts'
import { listening } from './testing/index.ts'

interface Parts {
  /** What the jobs have done. */
  readonly done: string[]
  readonly wait?: Promise<void>
}

const greet = defineJob({
  name: 'greet',
  args: z.object({ name: z.string() }),
  perform: async ({ done, wait }: Parts, { name }) => {
    await wait
    done.push(name)
  },
})

const faulty = defineJob({
  name: 'break',
  args: z.object({}),
  perform: async ({ done }: Parts) => {
    done.push('tried')
    throw new Error('the kettle is empty')
  },
})

const patient = defineJob({
  name: 'knock',
  args: z.object({}),
  perform: async (_parts: Parts) => {
    throw new TryLaterError('nobody is in before noon', 3_600_000)
  },
})

const jobs = [greet, faulty, patient]

async function working(t: TestContext, wait?: Promise<void>) {
  const database = await testDatabase(t)
  if (!database) return undefined
  const { repo, url } = database
  const { log, said } = listening()
  const parts: Parts = { done: [], ...(wait ? { wait } : {}) }
  const start = async () => {
    const running = await startJobs({ databaseUrl: url, jobs, parts, log })
    t.after(() => running.stop())
    return running
  }
  return { repo, start, said, done: parts.done }
}

async function disconnectOthers(repo: Repo): Promise<void> {
  await repo.run(sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'showrunner worker'`)
}

describe('startJobs', { concurrency: true }, () => {
  it('does what is enqueued, and leaves nothing of it', async (t) => {
    const database = await working(t)
    if (!database) return
    const { repo, start, said, done } = database

    const running = await start()
    await enqueue(repo, greet, { name: 'Ada' })
    await said(/Completed task .*greet/)
    await running.stop()

    assert.deepEqual(done, ['Ada'])
    assert.deepEqual(await listJobs(repo), [])
  })

  it('leaves a job alone for as long as that says', async (t) => {
    const database = await working(t)
    if (!database) return
    const { repo, start, said } = database

    const running = await start()
    const begun = Date.now()
    await enqueue(repo, patient, {})
    await said(/Failed task .*knock/)
    await running.stop()

    const [job] = await listJobs(repo)
    assert.deepEqual([job?.state, job?.attempts], ['retrying', 1])
    assert.match(job?.error ?? '', /nobody is in before noon/)
    const waits = (job?.runAt.getTime() ?? 0) - begun
    assert.ok(waits >= 3_600_000 && waits < 3_700_000, `it waits for ${waits} ms`)
  })

  it('does nothing of a transaction that was rolled back', async (t) => {
    const database = await working(t)
    if (!database) return
    const { repo, start, said, done } = database

    const running = await start()
    const failing = repo.transaction(async () => {
      await enqueue(repo, greet, { name: 'nobody' })
      throw new Error('not after all')
    })
    await assert.rejects(failing, /not after all/)
    await enqueue(repo, greet, { name: 'Ada' })
    await said(/Completed task .*greet/)
    await running.stop()

    assert.deepEqual(done, ['Ada'])
  })

  it('tries again, later, what failed, and keeps what it said', async (t) => {
    const database = await working(t)
    if (!database) return
    const { repo, start, said, done } = database

    const running = await start()
    await enqueue(repo, faulty, {})
    await said(/Failed task/)
    await running.stop()

    const [failed] = await listJobs(repo)
    assert.deepEqual(done, ['tried'])
    assert.equal(failed?.state, 'retrying')
    assert.equal(failed.error, 'the kettle is empty')
    assert.equal(failed.attempts, 1)
    assert.ok(failed.runAt.getTime() > failed.enqueuedAt.getTime() + 2_000, String(failed.runAt))
  })

  it('starts in several processes at once, and each job is done by one of them', async (t) => {
    const database = await working(t)
    if (!database) return
    const { repo, start, said, done } = database
    await repo.run(sql`drop schema graphile_worker cascade`)

    const running = await Promise.all([1, 2, 3, 4].map(start))
    await repo.transaction(async () => {
      for (const name of ['Ada', 'Grace', 'Mary']) await enqueue(repo, greet, { name })
    })
    await Promise.all(['Ada', 'Grace', 'Mary'].map((_, n) => said(new RegExp(`task ${n + 1} `))))
    await Promise.all(running.map((one) => one.stop()))

    assert.deepEqual(done.toSorted(), ['Ada', 'Grace', 'Mary'])
  })

  it('lets a job that runs come to its end before it stops', async (t) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const database = await working(t, promise)
    if (!database) return
    const { repo, start, said, done } = database
    const running = await start()
    let stopped = false

    await enqueue(repo, greet, { name: 'Ada' })
    await said(/Found task/)
    const stopping = running.stop().then(() => void (stopped = true))
    assert.equal((await countJobs(repo)).running, 1)
    await setImmediate()
    assert.equal(stopped, false)
    resolve()
    await stopping

    assert.deepEqual(done, ['Ada'])
  })

  it('carries on after it lost its connections', async (t) => {
    const database = await working(t)
    if (!database) return
    const { repo, start, said, done } = database
    const running = await start()

    await disconnectOthers(repo)
    await said(/notify listener/)
    await enqueue(repo, greet, { name: 'Ada' })
    await said(/Completed task/)
    await running.stop()

    assert.deepEqual(done, ['Ada'])
  })

  it('stops once, however often it is told to', async (t) => {
    const database = await working(t)
    if (!database) return
    const running = await database.start()

    await Promise.all([running.stop(), running.stop()])
    await running.stop()

    assert.equal(await running.ended, undefined)
  })

  it('refuses two jobs of one name, and a time that does not exist', async () => {
    const databaseUrl = 'postgres://nobody@localhost/nothing'
    const parts: Parts = { done: [] }

    await assert.rejects(startJobs({ databaseUrl, jobs: [greet, greet], parts }), {
      name: 'JobError',
      message: 'Two jobs are called "greet".',
    })
    const schedule = [{ job: faulty, at: '99 * * * *' }]
    await assert.rejects(startJobs({ databaseUrl, jobs, schedule, parts }), /value '99' in minutes/)
    const without = [{ job: greet, at: '17 * * * *' }]
    await assert.rejects(startJobs({ databaseUrl, jobs, schedule: without, parts }), {
      name: 'JobArgsError',
    })
  })
})
