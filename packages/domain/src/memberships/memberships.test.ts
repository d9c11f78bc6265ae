import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { change, from } from '@showrunner/data'
import { listJobs } from '@showrunner/jobs'
import { DOCUMENTED, MEMBER, payload } from '@showrunner/memberful/testing'
import { Person } from '../people/index.ts'
import { aPerson, sandboxed } from '../testing/index.ts'
import {
  getEvent,
  isMember,
  Membership,
  membershipJobs,
  type MembershipListener,
  replayEvents,
  WebhookEvent,
} from './index.ts'
import {
  created,
  deactivated,
  inSandbox,
  NOW,
  of,
  P1,
  P2,
  P3,
  stepsOf,
  theMembership,
} from './testing/in-sandbox.ts'

const EMAIL = MEMBER.email

describe('events', () => {
  it(
    'are all applied, but those from which nothing follows, and it is said what came of each',
    sandboxed(async (repo) => {
      const { receive, perform } = inSandbox(repo)
      for (const event of DOCUMENTED) await receive(event)
      await receive({ event: 'gift.given', gift: {} })
      await perform()

      const events = await repo.all(from(WebhookEvent).orderBy({ id: 'asc' }).preload('steps'))
      const ignored = events.filter(({ state }) => state === 'ignored').map(({ name }) => name)
      assert.deepEqual(
        ignored.filter((name) => !/^(subscription_plan|download)\./.test(name)),
        ['gift.given'],
      )
      assert.equal(ignored.length, 7)
      const { id } = await theMembership(repo)
      for (const { name, state, membershipId, error, finishedAt, steps } of events) {
        if (!ignored.includes(name)) assert.deepEqual([state, membershipId], ['applied', id], name)
        assert.deepEqual([error, finishedAt], [null, NOW], name)
        assert.ok(steps.length > 0 && steps.every(({ failed }) => !failed), name)
      }
    }),
  )

  it(
    'end in the same rows, in every order and each sent three times',
    sandboxed(async (repo) => {
      const story = [
        payload('member_signup'),
        created,
        deactivated,
        of('subscription.renewed', P2, { autorenew: false }),
      ]
      const ends: unknown[] = []
      for (const order of [story, story.toReversed(), [2, 0, 3, 1].map((at) => story[at] ?? {})]) {
        const undone = repo.transaction(async () => {
          const { receive, perform } = inSandbox(repo)
          for (const event of [...order, ...order, ...order]) {
            await receive(event)
            await perform()
          }
          const { known, status, plan, endsAt, email, autorenew, person } =
            await theMembership(repo)
          assert.equal(await repo.count(WebhookEvent), 4)
          ends.push({ known, status, plan, endsAt, email, autorenew, person: person?.email })
          return repo.rollback('again')
        })
        await assert.rejects(undone, { name: 'RollbackError' })
      }

      const [end] = ends
      assert.deepEqual(ends, [end, end, end])
      assert.deepEqual(
        { ...(end as object), known: null },
        {
          known: null,
          status: 'active',
          plan: 'Sample plan',
          endsAt: new Date(P2),
          email: EMAIL,
          autorenew: false,
          person: EMAIL,
        },
      )
    }),
  )

  it(
    'that are not as documented fail, with what is wrong in words, and nothing else of them is stored',
    sandboxed(async (repo) => {
      const { receive, perform } = inSandbox(repo)
      const { id } = await receive(of('subscription.created', 'soon'))
      await perform()

      const event = await getEvent(repo, id)
      assert.equal(event.state, 'failed')
      assert.match(
        event.error ?? '',
        /not as Memberful documents it: subscription.expiresAt is no time\./,
      )
      assert.deepEqual(
        event.steps.map(({ failed }) => failed),
        [true],
      )
      assert.equal(await repo.count(Membership), 0)
    }),
  )

  it(
    'can be applied again: what was applied changes nothing, what failed may succeed',
    sandboxed(async (repo) => {
      const { receive, perform, told } = inSandbox(repo)
      const [one, other] = [
        await receive(created),
        await receive(of('subscription.renewed', 'soon')),
      ]
      await perform()
      const failed = await repo.getOrThrow(WebhookEvent, other.id)
      const mended = of('subscription.renewed', P2) as unknown as WebhookEvent['payload']
      await repo.updateOrThrow(change(failed, { payload: mended }))

      assert.equal(await replayEvents(repo, [one.id, other.id]), 2)
      await perform()

      const states = (await repo.all(WebhookEvent)).map(({ state, error }) => [state, error])
      assert.deepEqual(states, [
        ['applied', null],
        ['applied', null],
      ])
      assert.deepEqual((await theMembership(repo)).endsAt, new Date(P2))
      assert.deepEqual(told, ['John Doe joined'])
      assert.equal((await stepsOf(repo, one.id)).at(-1), 'Nothing changes.')
    }),
  )
})

describe('an event that is interrupted', () => {
  it(
    'has done nothing, says why, and is done whole when it runs again',
    sandboxed(async (repo) => {
      const { receive, parts, jobs, told } = inSandbox(repo)
      const { id } = await receive(created)
      const killing: MembershipListener = {
        joined: async () => Promise.reject(new Error('killed')),
        left: async () => undefined,
      }
      const killed = membershipJobs([killing]).applyWebhookEvent

      await assert.rejects(killed.run(parts, { eventId: id }), { message: 'killed' })
      assert.deepEqual([await repo.count(Membership), await repo.count(Person)], [0, 0])
      const failed = await getEvent(repo, id)
      assert.deepEqual(
        [failed.state, failed.error, failed.membershipId],
        ['failed', 'killed', null],
      )

      await jobs.applyWebhookEvent.run(parts, { eventId: id })
      await jobs.applyWebhookEvent.run(parts, { eventId: id })

      const { state, error, steps } = await getEvent(repo, id)
      assert.deepEqual([state, error], ['applied', null])
      assert.deepEqual(
        steps.map(({ words }) => words),
        [
          'killed',
          `John Doe was added, with the address ${EMAIL}.`,
          'Membership begins: Sample plan, paid until 2026-02-01.',
        ],
      )
      assert.deepEqual(told, ['John Doe joined'])
    }),
  )

  it(
    'is not there when what it came with is undone, and its job is not either',
    sandboxed(async (repo) => {
      const { receive } = inSandbox(repo)
      const undone = repo.transaction(async () => {
        await receive(created)
        return repo.rollback('undone')
      })
      await assert.rejects(undone, { name: 'RollbackError' })

      assert.deepEqual([await repo.count(WebhookEvent), await listJobs(repo)], [0, []])
    }),
  )
})

describe('who joins and who leaves', () => {
  it(
    'is told once, and again for who returns',
    sandboxed(async (repo) => {
      const { receive, perform, told } = inSandbox(repo)
      const steps = [created, deactivated, of('subscription.reactivated', P2)]
      steps.push(of('subscription.renewed', P3), of('subscription.deactivated', P3))
      for (const event of steps) {
        await receive(event)
        await perform()
      }

      assert.deepEqual(told, [
        'John Doe joined',
        'John Doe left',
        'John Doe joined',
        'John Doe left',
      ])
      const { status, beganAt, endedAt, personId } = await theMembership(repo)
      assert.deepEqual([status, beganAt, endedAt], ['ended', NOW, NOW])
      assert.equal(await isMember(repo, personId ?? 0), false)
    }),
  )

  it(
    'is one person, whatever they have: who keeps one of two memberships has not left',
    sandboxed(async (repo) => {
      const { receive, perform, told } = inSandbox(repo)
      const another = { id: 9, member: { ...MEMBER, id: 8 } }
      for (const event of [created, of('subscription.created', P1, another), deactivated]) {
        await receive(event)
        await perform()
      }

      assert.deepEqual(told, ['John Doe joined'])
      assert.equal(await repo.count(Person), 1)
    }),
  )

  it(
    'is nobody where an end comes before its beginning',
    sandboxed(async (repo) => {
      const { receive, perform, told } = inSandbox(repo)
      for (const event of [deactivated, created]) {
        await receive(event)
        await perform()
      }

      assert.deepEqual(told, [])
    }),
  )
})

describe('whose a membership is', () => {
  const moved = (email: string, before = EMAIL) =>
    payload('member_updated', { member: { ...MEMBER, email }, changed: { email: [before, email] } })

  it(
    'is found by the address, and nothing else of the person changes',
    sandboxed(async (repo) => {
      const person = await aPerson(repo, 'Ada', { email: EMAIL })
      const { receive, perform } = inSandbox(repo)
      const { id } = await receive(
        of('subscription.created', P1, { member: { ...MEMBER, email: 'John.Doe@Example.com' } }),
      )
      await perform()

      const membership = await theMembership(repo)
      assert.deepEqual([membership.personId, membership.personMade], [person.id, false])
      assert.deepEqual(await repo.getOrThrow(Person, person.id), person)
      assert.match((await stepsOf(repo, id))[0] ?? '', /^It belongs to Ada, who has the address/)
    }),
  )

  it(
    'stays, whatever address Memberful says later, and nobody’s address here changes by it',
    sandboxed(async (repo) => {
      const ada = await aPerson(repo, 'Ada', { email: EMAIL })
      const ben = await aPerson(repo, 'Ben', { email: 'ben@example.com' })
      const { receive, perform, told } = inSandbox(repo)
      const others = [moved('new@example.com'), moved('ben@example.com', 'new@example.com')]
      for (const event of [created, ...others]) {
        await receive(event)
        await perform()
      }

      const membership = await theMembership(repo)
      assert.deepEqual([membership.personId, membership.email], [ada.id, 'ben@example.com'])
      assert.deepEqual(await repo.getOrThrow(Person, ada.id), ada)
      assert.deepEqual(await repo.getOrThrow(Person, ben.id), ben)
      assert.deepEqual(told, ['Ada joined'])
    }),
  )

  it(
    'is followed by who was made for it and was never here, until they sign in',
    sandboxed(async (repo) => {
      const { receive, perform } = inSandbox(repo)
      const emailAfter = async (event: object) => {
        await receive(event)
        await perform()
        return (await theMembership(repo)).person?.email
      }

      assert.equal(await emailAfter(created), EMAIL)
      assert.equal(await emailAfter(moved('new@example.com')), 'new@example.com')
      const { person } = await theMembership(repo)
      assert.ok(person)
      await repo.updateOrThrow(change(person, { signedInAt: NOW }))
      assert.equal(
        await emailAfter(moved('third@example.com', 'new@example.com')),
        'new@example.com',
      )
      assert.equal((await theMembership(repo)).email, 'third@example.com')
    }),
  )

  it(
    'is not followed by who was given work here meanwhile',
    sandboxed(async (repo) => {
      const { receive, perform } = inSandbox(repo)
      await receive(created)
      await perform()
      const { person } = await theMembership(repo)
      assert.ok(person)
      await repo.updateOrThrow(change(person, { host: true }))
      await receive(moved('new@example.com'))
      await perform()

      assert.equal((await theMembership(repo)).person?.email, EMAIL)
    }),
  )

  it(
    'goes from who was never here to who has the new address',
    sandboxed(async (repo) => {
      const ben = await aPerson(repo, 'Ben', { email: 'ben@example.com' })
      const { receive, perform, told } = inSandbox(repo)
      await receive(created)
      await perform()
      await receive(moved('ben@example.com'))
      await perform()

      const membership = await theMembership(repo)
      assert.deepEqual([membership.personId, membership.personMade], [ben.id, false])
      assert.deepEqual(told, ['John Doe joined', 'John Doe left', 'Ben joined'])
    }),
  )

  it(
    'is nobody’s where the address is none',
    sandboxed(async (repo) => {
      const { receive, perform, told } = inSandbox(repo)
      const { id } = await receive(
        of('subscription.created', P1, { member: { ...MEMBER, email: 'no address' } }),
      )
      await perform()

      assert.deepEqual([(await theMembership(repo)).personId, told], [null, []])
      assert.match((await stepsOf(repo, id))[0] ?? '', /“no address” is no address/)
    }),
  )
})
