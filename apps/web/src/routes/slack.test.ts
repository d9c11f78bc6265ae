import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Repo } from '@showrunner/data'
import {
  CommunityAccount,
  CommunitySettings,
  memberJoined,
  SlackEventTaken,
} from '@showrunner/domain/community'
import { JOBS } from '@showrunner/domain/jobs'
import { aPerson, partsOfJobs, sandboxed } from '@showrunner/domain/testing'
import { from } from '@showrunner/data'
import { listJobs } from '@showrunner/jobs'
import { performWaiting } from '@showrunner/jobs/testing'
import { fakeSlack, signedEvent, teamJoin } from '@showrunner/slack/testing'
import { NOW, testApp } from '../testing/test-app.ts'

const SECRET = '8f742231b10e8888abcd99yyyzzz85a5'
const URL = '/webhooks/slack'

async function slackCalls(repo: Repo) {
  const app = await testApp(repo, { slackSigningSecret: SECRET })
  return (sent: { payload: string; headers: Readonly<Record<string, string>> }) =>
    app.inject({ method: 'POST', url: URL, ...sent })
}

const minutesAgo = (count: number) => new Date(NOW.getTime() - count * 60_000)

describe('POST /webhooks/slack', () => {
  it(
    'answers the challenge by which Slack knows that we are we',
    sandboxed(async (repo) => {
      const call = await slackCalls(repo)

      const { statusCode, body } = await call(
        signedEvent({ type: 'url_verification', challenge: '3eZbrw1aB' }, SECRET, NOW),
      )

      assert.deepEqual([statusCode, JSON.parse(body)], [200, { challenge: '3eZbrw1aB' }])
      assert.equal(await repo.count(SlackEventTaken), 0)
    }),
  )

  it('lets a member who comes to Slack into the channels, and says hello', async (t) => {
    const slack = await fakeSlack(t)
    await sandboxed(async (repo) => {
      await repo.updateAll(from(CommunitySettings), {
        inviteUrl: 'https://join.slack.com/t/radio',
        memberChannels: 'CMEMBERS',
      })
      const person = await aPerson(repo, 'Ada Byron', { email: 'ada@example.com' })
      await memberJoined(repo, person, NOW)
      const parts = { ...partsOfJobs(repo, { asOf: NOW, sent: [] }), slack: slack.app }
      await performWaiting(repo, JOBS, parts)
      const { id } = slack.workspace.join('ada@example.com')
      const call = await slackCalls(repo)
      const event = signedEvent(teamJoin(id), SECRET, NOW)

      const answers = [await call(event), await call(event)]
      const jobs = await listJobs(repo)
      await performWaiting(repo, JOBS, parts)
      await call(event)

      assert.deepEqual(
        answers.map(({ statusCode }) => statusCode),
        [200, 200],
      )
      assert.equal(jobs.length, 1)
      assert.ok(slack.workspace.channels.get('CMEMBERS')?.has(id))
      assert.equal(slack.workspace.messages.length, 1)
      assert.equal((await repo.getByOrThrow(CommunityAccount, { userId: id })).state, 'joined')
      assert.deepEqual(await listJobs(repo), [])
    })(t)
  })

  it(
    'refuses what Slack did not sign, or not lately, and keeps nothing of it',
    sandboxed(async (repo) => {
      const call = await slackCalls(repo)
      const right = signedEvent(teamJoin('U1'), SECRET, NOW)
      const wrong = [
        signedEvent(teamJoin('U1'), 'another secret', NOW),
        signedEvent(teamJoin('U1'), SECRET, minutesAgo(6)),
        signedEvent(teamJoin('U1'), SECRET, minutesAgo(-6)),
        { ...right, payload: right.payload.replace('U1', 'U2') },
        { ...right, headers: {} },
        {
          ...right,
          headers: { ...right.headers, 'x-slack-request-timestamp': String(NOW.getTime()) },
        },
      ]

      for (const sent of wrong) assert.equal((await call(sent)).statusCode, 401)

      assert.equal(await repo.count(SlackEventTaken), 0)
      assert.deepEqual(await listJobs(repo), [])
    }),
  )

  it(
    'refuses what is no event or too large; without a secret, all',
    sandboxed(async (repo) => {
      const call = await slackCalls(repo)
      const large = signedEvent({ text: 'x'.repeat(300_000) }, SECRET, NOW)
      const unset = await testApp(repo)

      assert.equal((await call(signedEvent([], SECRET, NOW))).statusCode, 400)
      assert.equal((await call(large)).statusCode, 413)
      const event = signedEvent(teamJoin('U1'), SECRET, NOW)
      const refused = await unset.inject({ method: 'POST', url: URL, ...event })
      assert.equal(refused.statusCode, 503)
      assert.equal(await repo.count(SlackEventTaken), 0)
    }),
  )

  it(
    'takes an event that nobody asked for, and does nothing',
    sandboxed(async (repo) => {
      const call = await slackCalls(repo)
      const event = { type: 'event_callback', event_id: 'Ev9', event: { type: 'message' } }

      const { statusCode } = await call(signedEvent(event, SECRET, NOW))

      assert.equal(statusCode, 200)
      assert.deepEqual(
        (await repo.all(SlackEventTaken)).map(({ type, userId }) => [type, userId]),
        [['message', null]],
      )
      assert.deepEqual(await listJobs(repo), [])
    }),
  )
})
