import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import { describe, it, type TestContext } from 'node:test'
import { createRepo, from } from '@showrunner/data'
import { testDatabase, type TestDatabase } from '@showrunner/data/sandbox'
import { createSignInLink, SignInLink } from '@showrunner/domain/accounts'
import { createPerson } from '@showrunner/domain/people'
import { makeWorkerUtils } from 'graphile-worker'
import { startWorker, type Log } from './index.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const YESTERDAY = new Date('2026-11-19T12:00:00Z')

/** A log that can be waited on: `said(/pattern/)` is done once something that fits was logged. */
function listening(): { log: Log; said: (pattern: RegExp) => Promise<void> } {
  const lines: string[] = []
  const waiting: { pattern: RegExp; resolve: () => void }[] = []
  return {
    log(_level, message) {
      lines.push(message)
      for (const { pattern, resolve } of waiting) if (pattern.test(message)) resolve()
    },
    said: (pattern) =>
      new Promise((resolve) => {
        if (lines.some((line) => pattern.test(line))) resolve()
        else waiting.push({ pattern, resolve })
      }),
  }
}

async function withExpiredLink(t: TestContext): Promise<TestDatabase | undefined> {
  const database = await testDatabase(t)
  if (!database) return undefined
  const person = await createPerson(database.repo, { name: 'Ada', handle: 'ada' })
  assert.ok(person.ok)
  await createSignInLink(database.repo, person.value, YESTERDAY)
  return database
}

async function enqueue(url: string, task: string): Promise<void> {
  const utils = await makeWorkerUtils({ connectionString: url })
  await utils.addJob(task, {})
  await utils.release()
}

async function disconnectEverybody(url: string): Promise<void> {
  const utils = await makeWorkerUtils({ connectionString: url })
  await utils.withPgClient(async (client) => {
    await client.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`)
  })
  await utils.release()
}

describe('startWorker', { concurrency: true }, () => {
  it('removes what has expired when that job comes up', async (t) => {
    const database = await withExpiredLink(t)
    if (!database) return
    const { repo, url } = database
    const { log, said } = listening()
    assert.equal(await repo.count(SignInLink), 1)

    const worker = await startWorker({ databaseUrl: url, repo, clock: () => NOW, log })
    await enqueue(url, 'remove_expired_sign_ins')
    await said(/Completed task .*remove_expired_sign_ins/)
    await worker.stop()

    assert.equal(await repo.count(SignInLink), 0)
  })

  it('starts on several nodes at once, in a database that has no job tables yet', async (t) => {
    const database = await withExpiredLink(t)
    if (!database) return
    const { repo, url } = database
    const { log, said } = listening()
    const options = { databaseUrl: url, repo, clock: () => NOW, log }

    const workers = await Promise.all([1, 2, 3, 4].map(() => startWorker(options)))
    await enqueue(url, 'remove_expired_sign_ins')
    await said(/Completed task/)
    await Promise.all(workers.map((worker) => worker.stop()))

    assert.equal(await repo.count(SignInLink), 0)
  })

  it('lets a job that runs come to its end before it stops', async (t) => {
    const database = await withExpiredLink(t)
    if (!database) return
    const { repo, url } = database
    const { log, said } = listening()
    const worker = await startWorker({ databaseUrl: url, repo, clock: () => NOW, log })
    let stopped = false

    const other = createRepo({ url })
    t.after(() => other.close())
    let stopping: Promise<void> | undefined
    await other.transaction(async () => {
      await other.updateAll(from(SignInLink), { usedAt: YESTERDAY })
      await enqueue(url, 'remove_expired_sign_ins')
      await said(/Found task/)
      stopping = worker.stop().then(() => void (stopped = true))
      await other.count(SignInLink)
      await setImmediate()
      assert.equal(stopped, false)
    })
    await stopping

    assert.equal(stopped, true)
    assert.equal(await repo.count(SignInLink), 0)
  })

  it('carries on after it lost its connections', async (t) => {
    const database = await withExpiredLink(t)
    if (!database) return
    const { repo, url } = database
    const { log, said } = listening()
    const worker = await startWorker({ databaseUrl: url, repo, clock: () => NOW, log })

    await disconnectEverybody(url)
    await said(/notify listener/)
    await enqueue(url, 'remove_expired_sign_ins')
    await said(/Completed task/)
    await worker.stop()

    assert.equal(await repo.count(SignInLink), 0)
  })

  it('stops once, however often it is told to', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const worker = await startWorker({ databaseUrl: database.url, repo: database.repo })

    await Promise.all([worker.stop(), worker.stop()])
    await worker.stop()

    assert.equal(await worker.ended, undefined)
  })
})
