import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from, type Repo } from '@showrunner/data'
import { payload } from '@showrunner/memberful/testing'
import { memberJoined, memberLeft } from '../community/index.ts'
import { sandboxed } from '../testing/index.ts'
import {
  BODY_DAYS,
  countEvents,
  EVENT_DAYS,
  findEventOf,
  forgetEvents,
  getInboxEvent,
  inboxHealth,
  membershipJobs,
  QUIET_DAYS,
  replayFor,
  searchEvents,
  testedBy,
  testEvent,
  WebhookEvent,
} from './index.ts'
import { created, deactivated, inSandbox, NOW } from './testing/in-sandbox.ts'

const later = (days: number) => new Date(NOW.getTime() + days * 24 * 60 * 60_000)
const asJson = (body: Buffer) => JSON.parse(body.toString()) as object

describe('the inbox', () => {
  it(
    'forgets what an event said, and later the event, but nothing that waits or has to be seen to',
    sandboxed(async (repo) => {
      const { receive, perform, parts, told } = inSandbox(repo)
      const { id } = await receive(created)
      await perform()
      const broken = await receive({ event: 'subscription.created', subscription: { id: 'x' } })
      await perform()
      const waiting = await receive(deactivated)
      const forget = (days: number) => forgetEvents.run({ ...parts, clock: () => later(days) }, {})
      const count = () => repo.count(WebhookEvent)

      await forget(BODY_DAYS)
      assert.ok(Object.keys((await repo.getOrThrow(WebhookEvent, id)).payload).length > 0)
      await forget(BODY_DAYS + 1)

      const { event, story } = await getInboxEvent(repo, id)
      assert.deepEqual([event.payload, event.forgottenAt], [{}, later(BODY_DAYS + 1)])
      assert.ok(story.length > 0 && event.whose?.email === 'john.doe@example.com')
      for (const kept of [broken, waiting]) {
        const { payload: said } = await repo.getOrThrow(WebhookEvent, kept.id)
        assert.ok(Object.keys(said).length > 0)
      }
      assert.equal(await replayFor(repo, [id], { by: 'Ada', asOf: NOW }), 0)
      assert.ok((await receive(created)).isKnown)
      await perform()
      assert.deepEqual(told, ['John Doe joined', 'John Doe left'])

      await forget(EVENT_DAYS + 1)
      assert.equal(await count(), 0)
    }),
  )

  it(
    'finds events by every address and name that is known, and takes signs as they are',
    sandboxed(async (repo) => {
      const { receive, perform } = inSandbox(repo)
      await receive(created)
      await receive(payload('order.purchased'))
      await receive(payload('download.created'))
      await perform()
      const found = async (q: string) =>
        (await searchEvents(repo, { q })).rows.map(({ name }) => name)

      assert.deepEqual(await found('JOHN.doe@'), ['order.purchased', 'subscription.created'])
      assert.deepEqual(await found('john doe'), ['order.purchased', 'subscription.created'])
      assert.deepEqual(await found('download'), ['download.created'])
      assert.deepEqual(await found('john_doe'), [])
      assert.deepEqual(await found('%'), [])
      assert.equal((await found('')).length, 3)
    }),
  )

  it(
    'lets an event be applied again without changing what is true, and says who wanted that',
    sandboxed(async (repo) => {
      const { receive, perform, told } = inSandbox(repo)
      const { id } = await receive(created)
      await perform()

      const again = await replayFor(repo, [id, 99_999], { by: 'Ada', asOf: NOW })
      assert.equal((await getInboxEvent(repo, id)).jobs[0]?.name, 'apply_webhook_event')
      await perform()

      assert.deepEqual([again, told], [1, ['John Doe joined']])
      const { story, jobs } = await getInboxEvent(repo, id)
      assert.deepEqual(jobs, [])
      assert.deepEqual(story.map(({ words }) => words).slice(-2), [
        'Ada lets it be applied again.',
        'Nothing changes.',
      ])
    }),
  )

  it(
    'is quiet for too long only where there are members',
    sandboxed(async (repo) => {
      const { receive, perform } = inSandbox(repo)
      assert.deepEqual(
        [(await inboxHealth(repo, NOW)).isEmpty, (await inboxHealth(repo, NOW)).quietDays],
        [true, null],
      )
      await receive(payload('download.created'))
      assert.equal((await inboxHealth(repo, later(100))).quietDays, null)
      await receive(created)
      await perform()

      assert.equal((await inboxHealth(repo, later(QUIET_DAYS - 0.1))).quietDays, null)
      assert.equal((await inboxHealth(repo, later(QUIET_DAYS))).quietDays, QUIET_DAYS)
    }),
  )

  it(
    'counts what waits for too long, and knows the last failure',
    sandboxed(async (repo) => {
      const { receive, perform } = inSandbox(repo)
      await receive({ event: 'subscription.created', subscription: { id: 1 } })
      await perform()
      await receive(created)

      const { lateCount, failedCount, lastFailed } = await inboxHealth(repo, later(1))
      assert.deepEqual([lateCount, failedCount, lastFailed?.name], [1, 1, 'subscription.created'])
      assert.equal((await inboxHealth(repo, NOW)).lateCount, 0)
      assert.deepEqual(await countEvents(repo), { received: 1, applied: 0, ignored: 0, failed: 1 })
    }),
  )
})

describe('the story of an event', () => {
  it(
    'ends where that of the next turn of the membership begins',
    sandboxed(async (repo) => {
      const jobs = membershipJobs([{ joined: memberJoined, left: memberLeft }])
      const happens = async (event: object, at: Date) => {
        const { id } = await inSandbox(repo, { at }).receive(event)
        const args = { eventId: id }
        await jobs.applyWebhookEvent.run({ repo, clock: () => at }, args)
        return id
      }
      const began = await happens(created, NOW)
      const ended = await happens(deactivated, later(3))
      const words = async (id: number) =>
        (await getInboxEvent(repo, id)).story.map((one) => one.words)

      assert.ok((await words(began)).includes('Became a member.'))
      assert.ok(!(await words(began)).some((one) => /has ended/.test(one)))
      assert.deepEqual(
        (await words(ended)).filter((one) => /has ended|Became/.test(one)),
        ['Membership has ended.', 'The membership has ended. They stay until 2026-01-20.'],
      )
    }),
  )
})

describe('a test event', () => {
  it(
    'is an event of its own each time, from which nothing follows',
    sandboxed(async (repo) => {
      const { receive, perform, told } = inSandbox(repo)
      const [one, other] = [testEvent('Ada', NOW), testEvent('Ada', NOW)]
      await receive(asJson(one))
      await receive(asJson(other))
      await receive(asJson(other))
      await perform()

      const events = await all(repo)
      assert.deepEqual(
        events.map((event) => [event.state, event.understood, testedBy(event)]),
        [
          ['ignored', true, 'Ada'],
          ['ignored', true, 'Ada'],
        ],
      )
      assert.equal((await findEventOf(repo, one))?.id, events[0]?.id)
      assert.equal(await findEventOf(repo, testEvent('Ada', NOW)), undefined)
      assert.deepEqual(told, [])
    }),
  )
})

const all = (repo: Repo) => repo.all(from(WebhookEvent).orderBy({ id: 'asc' }))
