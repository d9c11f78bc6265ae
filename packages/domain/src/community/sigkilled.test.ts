import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { from, type Repo, sql } from '@showrunner/data'
import { listJobs } from '@showrunner/jobs'
import { type Message } from '@showrunner/mail'
import { readEvent } from '@showrunner/memberful'
import { payload, SUBSCRIPTION } from '@showrunner/memberful/testing'
import { fakeSlack } from '@showrunner/slack/testing'
import { receiveEvent, WebhookEvent } from '../memberships/index.ts'
import { testDatabase, toldIn } from '../testing/index.ts'
import { CommunityAccount, CommunitySettings, takeSlackEvent } from './index.ts'

const PROGRAM = join(import.meta.dirname, 'testing/killable-program.ts')
/** What it is killed at, each once: as it was done, and before anybody could write that down. */
const DEADLY = [
  'admin.users.invite',
  'conversations.invite',
  'chat.postMessage',
  'conversations.kick',
  'mail Your membership of Showrunner has ended',
]
const ADA = { id: 7, email: 'ada@example.com', full_name: 'Ada Byron' }

const subscribed = (name: 'subscription.created' | 'subscription.deactivated') =>
  payload(name, {
    subscription: {
      ...SUBSCRIPTION,
      active: name === 'subscription.created',
      expires_at: '2999-01-01T00:00:00Z',
      member: ADA,
    },
  })

async function receive(repo: Repo, said: object): Promise<void> {
  const body = Buffer.from(JSON.stringify(said))
  const event = readEvent(body)
  assert.ok(event)
  await receiveEvent(repo, body, event, new Date())
}

/** A network whose program is killed at these steps. */
async function mortal(t: TestContext, { repo, url }: { repo: Repo; url: string }) {
  const slack = await fakeSlack(t)
  const mails: Message[] = []
  const killedAt = new Set<string>()
  let program: ChildProcess | undefined
  t.after(() => program?.kill('SIGKILL'))

  const dies = (step: string): boolean => {
    if (killedAt.has(step) || !DEADLY.includes(step)) return false
    killedAt.add(step)
    program?.kill('SIGKILL')
    return true
  }
  const start = (): void => {
    program = fork(PROGRAM)
    program.send({ databaseUrl: url, api: slack.app.api, token: slack.app.token })
    program.on('message', ({ name, message }: { name: string; message: Message }) => {
      mails.push(message)
      if (!dies(`mail ${message.subject}`)) program?.send({ sent: name })
    })
  }
  const restart = async (): Promise<void> => {
    if (program && program.exitCode === null && program.signalCode === null)
      await once(program, 'exit')
    // Another process sees within seconds that this one is dead; the test knows it at once.
    await repo.run(sql`select graphile_worker.force_unlock_workers(array(
      select distinct locked_by from graphile_worker._private_jobs where locked_by is not null))`)
    start()
  }
  /** Lets programs live and die until nothing is left to be done. */
  const untilDone = async (): Promise<void> => {
    for (;;) {
      for (const { method } of slack.calls) dies(method)
      const isDead = !program || program.exitCode !== null || program.killed
      if (isDead) await restart()
      const jobs = await listJobs(repo)
      assert.ok(
        jobs.every(({ state }) => state !== 'failed'),
        JSON.stringify(jobs),
      )
      if (jobs.length === 0) return
      await wait(10)
    }
  }
  return { slack, mails, killedAt, untilDone }
}

describe('a program that is killed with SIGKILL', { timeout: 120_000 }, () => {
  it('brings a member in, and out again, once', async (t) => {
    const database = await testDatabase(t)
    if (!database) return
    const { repo } = database
    const { slack, mails, killedAt, untilDone } = await mortal(t, database)
    await repo.updateAll(from(CommunitySettings), {
      means: 'admin',
      memberChannels: 'CMEMBERS',
      staffChannel: 'CSTAFF',
      graceDays: 0,
    })

    await receive(repo, subscribed('subscription.created'))
    await untilDone()
    const { id } = slack.workspace.join(ADA.email)
    await takeSlackEvent(repo, { type: 'team_join', eventId: 'Ev1', userId: id })
    await untilDone()
    assert.ok(slack.workspace.channels.get('CMEMBERS')?.has(id))
    await receive(repo, subscribed('subscription.deactivated'))
    await untilDone()

    assert.deepEqual(slack.workspace.invitations, [ADA.email])
    assert.equal(toldIn(slack, `D${id}`).length, 1)
    assert.deepEqual(toldIn(slack, 'CSTAFF'), [
      'Ada Byron is a member now.',
      'The membership of Ada Byron has ended. They are taken out now.',
    ])
    assert.deepEqual([...(slack.workspace.channels.get('CMEMBERS') ?? [])], ['UBOT'])
    // A mail that went out twice says by its id that it is one.
    const letters = new Set(mails.map(({ id: name, subject }) => `${name ?? ''} ${subject}`))
    assert.equal(letters.size, new Set(mails.map(({ subject }) => subject)).size)
    assert.ok(mails.some(({ subject }) => subject.endsWith('has ended')))
    const events = await repo.all(WebhookEvent)
    assert.deepEqual(new Set(events.map(({ state }) => state)), new Set(['applied']))
    const [account] = await repo.all(CommunityAccount)
    assert.deepEqual([account?.state, account?.error], ['removed', null])
    assert.deepEqual([...killedAt].toSorted(), DEADLY.toSorted())
  })
})
