import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Repo, sql } from '@showrunner/data'
import { sandboxed } from '@showrunner/data/sandbox'
import { z } from 'zod'
import {
  countJobs,
  defineJob,
  dequeue,
  enqueue,
  type Job,
  listJobs,
  removeJob,
  retryJob,
  startJobs,
} from './index.ts'
import { performWaiting } from './testing/index.ts'

const HOUR_MS = 60 * 60_000

interface Parts {
  readonly told: string[]
}

const tell = defineJob({
  name: 'tell',
  args: z.object({ words: z.string(), often: z.number().default(1) }),
  perform: async ({ told }: Parts, { words, often }) => {
    told.push(...Array.from({ length: often }, () => words))
  },
})

const breaking = defineJob({
  name: 'breaking',
  args: z.object({}),
  maxAttempts: 1,
  perform: async () => {
    throw new Error('the line is dead')
  },
})

describe('defineJob', () => {
  it('takes only names that stand everywhere', () => {
    const perform = async () => undefined

    assert.throws(() => defineJob({ name: 'Tell me', args: z.object({}), perform }), {
      name: 'JobError',
      message: 'A job is called by lower-case letters, digits and "_", not "Tell me".',
    })
  })

  it('is one of many for who runs them, and knows its arguments for who enqueues it', () => {
    const known: Job<Parts, { words: string; often: number }> = tell
    const jobs: readonly Job<Parts>[] = [tell, breaking]
    void (() => {
      // @ts-expect-error Parts lack what the jobs need.
      void startJobs({ databaseUrl: '', jobs, parts: {} })
    })

    assert.equal(jobs[0]?.name, known.name)
  })
})

describe('enqueue', () => {
  it(
    'keeps the arguments, and lets the job run as soon as may be',
    sandboxed(async (repo) => {
      const id = await enqueue(repo, tell, { words: 'Now.', often: 2 })

      const [job] = await listJobs(repo)
      assert.deepEqual(job, {
        ...job,
        id,
        name: 'tell',
        args: { words: 'Now.', often: 2 },
        state: 'waiting',
        attempts: 0,
        maxAttempts: 12,
        key: null,
        error: null,
      })
      assert.deepEqual(job?.runAt, job?.enqueuedAt)
    }),
  )

  it(
    'takes a time, or a delay',
    sandboxed(async (repo) => {
      const at = new Date('2099-01-01T00:00:00.250Z')
      await enqueue(repo, tell, { words: 'Later.', often: 1 }, { delayMs: HOUR_MS })
      await enqueue(repo, tell, { words: 'Then.', often: 1 }, { at })

      const [later, then] = await listJobs(repo)
      assert.equal((later?.runAt.getTime() ?? 0) - (later?.enqueuedAt.getTime() ?? 0), HOUR_MS)
      assert.deepEqual(then?.runAt, at)
      assert.deepEqual(await performWaiting(repo, [tell], { told: [] }), [])
    }),
  )

  it(
    'lets the later take the place of the earlier under one key',
    sandboxed(async (repo) => {
      const told: string[] = []
      await enqueue(repo, tell, { words: 'First.', often: 1 }, { key: 'one' })
      await enqueue(repo, tell, { words: 'Second.', often: 1 }, { key: 'one' })
      await enqueue(repo, tell, { words: 'Other.', often: 1 }, { key: 'two' })

      await performWaiting(repo, [tell], { told })

      assert.deepEqual(told.toSorted(), ['Other.', 'Second.'])
    }),
  )

  it(
    'refuses arguments that the job does not take, and enqueues nothing',
    sandboxed(async (repo) => {
      // @ts-expect-error The words are missing.
      const refused = enqueue(repo, tell, { often: 3 })

      await assert.rejects(refused, {
        name: 'JobArgsError',
        message: /^The job "tell" does not take these arguments: .*\n.*at words/s,
      })
      assert.deepEqual(await listJobs(repo), [])
    }),
  )

  it(
    'is undone with the transaction it is in',
    sandboxed(async (repo) => {
      const failing = repo.transaction(async () => {
        await enqueue(repo, tell, { words: 'No.', often: 1 })
        assert.equal((await countJobs(repo)).waiting, 1)
        throw new Error('changed my mind')
      })

      await assert.rejects(failing, /changed my mind/)
      assert.equal((await countJobs(repo)).waiting, 0)
    }),
  )
})

describe('listJobs', () => {
  it(
    'finds those whose arguments have all that is asked for',
    sandboxed(async (repo) => {
      await enqueue(repo, tell, { words: 'One “quoted", {braced}', often: 1 })
      await enqueue(repo, tell, { words: 'Two', often: 1 })
      await enqueue(repo, tell, { words: 'Two', often: 2 })
      const found = async (...about: readonly object[]) => (await listJobs(repo, { about })).length

      assert.equal(await found({ often: 1 }), 2)
      assert.equal(await found({ words: 'Two', often: 1 }, { often: 2 }), 2)
      assert.equal(await found({ words: 'One “quoted", {braced}' }), 1)
      assert.equal(await found({ often: 3 }), 0)
      assert.equal(await found(), 0)
    }),
  )
})

describe('dequeue', () => {
  it(
    'takes back what waits under the key, and says whether anything did',
    sandboxed(async (repo) => {
      await enqueue(repo, tell, { words: 'No.', often: 1 }, { key: 'one', delayMs: HOUR_MS })
      await enqueue(repo, tell, { words: 'Yes.', often: 1 }, { key: 'two', delayMs: HOUR_MS })

      assert.deepEqual([await dequeue(repo, 'one'), await dequeue(repo, 'one')], [true, false])

      assert.deepEqual(
        (await listJobs(repo)).map(({ key }) => key),
        ['two'],
      )
    }),
  )
})

describe('a job that runs', () => {
  it('looks at its arguments again: they may have been enqueued by an older program', async () => {
    await assert.rejects(tell.run({ told: [] }, { text: 'of old' }), { name: 'JobArgsError' })
  })
})

describe('a job that failed for good', () => {
  it(
    'is kept with its reason until it is tried again or taken away',
    sandboxed(async (repo) => {
      const id = await enqueue(repo, breaking, {})
      await failed(repo, id, 'the line is dead')
      assert.deepEqual(await countJobs(repo), { waiting: 0, running: 0, retrying: 0, failed: 1 })
      const [job] = await listJobs(repo, { states: ['failed'] })
      assert.deepEqual([job?.id, job?.error], [id, 'the line is dead'])

      assert.equal(await retryJob(repo, id), true)
      assert.equal((await countJobs(repo)).waiting, 1)
      await assert.rejects(performWaiting(repo, [breaking], {}), /the line is dead/)

      const again = await enqueue(repo, breaking, {})
      assert.equal(await removeJob(repo, again), true)
      assert.deepEqual(await listJobs(repo), [])
      assert.deepEqual([await retryJob(repo, again), await removeJob(repo, again)], [false, false])
    }),
  )
})

/** As the library does when the last attempt has failed. */
async function failed(repo: Repo, id: string, message: string): Promise<void> {
  await repo.run(
    sql`select graphile_worker.permanently_fail_jobs(array[${id}::bigint], ${message})`,
  )
}
