import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { build, change, from, type Repo, sql } from '@showrunner/data'
import { listJobs } from '@showrunner/jobs'
import { fakeSmtp, type Taken } from '@showrunner/mail/testing'
import { Person } from '../people/index.ts'
import { Subscription } from '../subscriptions/index.ts'
import { testDatabase } from '../testing/index.ts'
import { IssueMail, NewsIssue, newsIssueChangeset } from './index.ts'
import { newsIssueOutLater } from './jobs.ts'
import { type Told } from './testing/mailing-program.ts'

const PROGRAM = join(import.meta.dirname, 'testing/mailing-program.ts')

const READERS = 80
/** At so many mails that the server took it is killed: before it is told that this one was taken. */
const DEADLY = [1, 20, 50, 79]
/** So many jobs are done at once, each of which may have had its mail taken. */
const AT_ONCE = 2

async function withReaders(repo: Repo): Promise<readonly string[]> {
  const names = Array.from({ length: READERS }, (_, at) => `reader-${at}`)
  const people = await repo.insertAll(
    Person,
    names.map((name) => ({ name, handle: name, email: `${name}@example.com` })),
    { returning: ['id'] },
  )
  await repo.insertAll(
    Subscription,
    people.map(({ id: personId }) => ({
      personId,
      context: 'newsletter' as const,
      confirmedAt: new Date(),
    })),
    { returning: false },
  )
  return names.map((name) => `${name}@example.com`)
}

async function anIssueIsOut(repo: Repo): Promise<void> {
  const issue = newsIssueChangeset(build(NewsIssue), { number: 1, teaser: 'The first.' })
  const out = change(issue, { published: true, publishedAt: new Date() })
  await newsIssueOutLater(repo, await repo.insertOrThrow(out))
}

const idOf = ({ source }: Taken) => /^Message-ID: (<.*>)$/im.exec(source)?.[1]

describe('a program that is killed with SIGKILL', { timeout: 180_000 }, () => {
  it('while an issue is mailed leaves nobody without it, and a mail that went twice is known for one', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const { repo, url: databaseUrl } = database
    let program: ChildProcess | undefined
    t.after(() => program?.kill('SIGKILL'))
    let count = 0
    const { url: smtpUrl, taken } = await fakeSmtp(t, {
      onTaken: () => {
        count += 1
        if (DEADLY.includes(count)) program?.kill('SIGKILL')
      },
    })
    const start = (): void => {
      program = fork(PROGRAM)
      program.send({ databaseUrl, smtpUrl } satisfies Told)
    }
    const addresses = await withReaders(repo)
    await anIssueIsOut(repo)

    let lives = 0
    for (;;) {
      lives += 1
      // Another process sees within seconds that this one is dead; the test knows it at once.
      await repo.run(sql`select graphile_worker.force_unlock_workers(array(
        select distinct locked_by from graphile_worker._private_jobs where locked_by is not null))`)
      start()
      const died = once(program!, 'exit').then(() => true)
      const isDead = async () => Promise.race([died, wait(20, false)])
      const isDone = async () => (await listJobs(repo)).length === 0
      while (!(await isDead()) && !(await isDone()));
      if (await isDone()) break
    }

    assert.equal(lives, DEADLY.length + 1)
    const reached = new Set(taken.flatMap(({ to }) => to))
    assert.deepEqual([...reached].toSorted(), addresses.toSorted())
    assert.equal(new Set(taken.map(idOf)).size, READERS)
    assert.ok(
      taken.length > READERS,
      'none was taken twice, though each kill came before the answer',
    )
    assert.ok(taken.length <= READERS + DEADLY.length * AT_ONCE, `${taken.length} were taken`)
    assert.equal(await repo.count(from(IssueMail).where('sentAt', 'is not', null)), READERS)
  })
})
