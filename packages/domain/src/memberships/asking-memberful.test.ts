import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { from } from '@showrunner/data'
import { listJobs } from '@showrunner/jobs'
import { fakeMemberful } from '@showrunner/memberful/testing'
import { sandboxed } from '../testing/index.ts'
import { Membership } from './index.ts'
import {
  created,
  deactivated,
  inSandbox,
  NOW,
  of,
  P1,
  P3,
  stepsOf,
  theMembership,
} from './testing/in-sandbox.ts'

describe('where Memberful can be asked', () => {
  const seconds = (iso: string) => Date.parse(iso) / 1000
  const gold = { id: 3, name: 'Gold', slug: 'gold' }
  const member = (id: number, active: boolean, createdAt = '2026-01-08T00:00:00Z') => ({
    id,
    email: `m${id}@example.com`,
    fullName: `Member ${id}`,
    subscriptions: [
      { id, active, createdAt: seconds(createdAt), expiresAt: seconds(P3), plan: gold },
    ],
  })

  it('what it says counts, not what it sent', async (t) => {
    await sandboxed(async (repo) => {
      const fake = await fakeMemberful(t, [member(0, true)])
      const { receive, perform, told } = inSandbox(repo, { memberful: fake.site })
      for (const event of [created, deactivated]) {
        await receive(event)
        await perform()
      }

      const membership = await theMembership(repo)
      assert.deepEqual(
        [membership.status, membership.plan, membership.endsAt, membership.fetchedAt],
        ['active', 'Gold', new Date(P3), NOW],
      )
      assert.deepEqual([told, fake.asked], [['Member 0 joined'], ['Member', 'Member']])
    })(t)
  })

  it('is asked again where a body comes twice: it may have happened twice', async (t) => {
    await sandboxed(async (repo) => {
      const fake = await fakeMemberful(t, [member(0, false)])
      const { receive, perform } = inSandbox(repo, { memberful: fake.site })
      await receive(deactivated)
      await perform()
      fake.members.set(0, member(0, true))
      for (const known of [true, true]) assert.equal((await receive(deactivated)).isKnown, known)

      assert.deepEqual(await perform(), ['refetch_member'])
      assert.equal((await theMembership(repo)).status, 'active')
    })(t)
  })

  it('what it sent has to do while it is silent, and it is asked later', async (t) => {
    await sandboxed(async (repo) => {
      const fake = await fakeMemberful(t, [member(0, false)])
      fake.trouble = 500
      const { receive, parts, jobs, told } = inSandbox(repo, { memberful: fake.site })
      const { id } = await receive(created)
      await jobs.applyWebhookEvent.run(parts, { eventId: id })

      assert.deepEqual(told, [`John Doe joined`])
      assert.match((await stepsOf(repo, id))[0] ?? '', /Memberful answered 500 to Member/)
      const waiting = (await listJobs(repo)).filter(({ name }) => name === 'refetch_member')
      assert.deepEqual(
        waiting.map(({ args }) => args),
        [{ memberId: 0 }],
      )

      await assert.rejects(jobs.refetchMember.run(parts, { memberId: 0 }), {
        name: 'MemberfulError',
      })
      fake.trouble = undefined
      await jobs.refetchMember.run(parts, { memberId: 0 })
      assert.equal((await theMembership(repo)).status, 'ended')
      assert.deepEqual(told, ['John Doe joined', 'John Doe left'])
    })(t)
  })

  it('an answer to an older question changes nothing', async (t) => {
    await sandboxed(async (repo) => {
      const fake = await fakeMemberful(t, [member(0, true)])
      const later = inSandbox(repo, { memberful: fake.site, at: new Date(NOW.getTime() + 1000) })
      await later.jobs.refetchMember.run(later.parts, { memberId: 0 })
      fake.members.set(0, member(0, false))
      const { jobs, parts } = inSandbox(repo, { memberful: fake.site })
      await jobs.refetchMember.run(parts, { memberId: 0 })

      assert.equal((await theMembership(repo)).status, 'active')
    })(t)
  })

  it('the night brings everybody to what it says, and leaves strangers alone', async (t) => {
    await sandboxed(async (repo) => {
      const fake = await fakeMemberful(
        t,
        [0, 1, 2, 3, 4].map((id) => member(id, true)),
      )
      const { jobs, parts, told } = inSandbox(repo, { memberful: fake.site })
      await jobs.reconcileMemberships.run(parts, {})
      assert.equal(told.length, 5)

      const tomorrow = new Date(NOW.getTime() + 24 * 60 * 60_000)
      const next = inSandbox(repo, { memberful: fake.site, at: tomorrow })
      await repo.updateAll(from(Membership), { insertedAt: NOW })
      fake.members.set(0, member(0, false))
      fake.members.delete(1)
      fake.members.set(5, member(5, false))
      fake.members.set(6, member(6, true, '2020-01-01T00:00:00Z'))
      await next.jobs.reconcileMemberships.run(next.parts, {})

      const rows = await repo.all(from(Membership).orderBy({ memberfulMemberId: 'asc' }))
      assert.deepEqual(
        rows.map(({ memberfulMemberId, status }) => [memberfulMemberId, status]),
        [
          [0, 'ended'],
          [1, 'ended'],
          [2, 'active'],
          [3, 'active'],
          [4, 'active'],
          [6, 'active'],
        ],
      )
      // Who has been a member for years is not welcomed.
      assert.deepEqual(next.told, ['Member 0 left', 'Member 1 left'])
    })(t)
  })

  it('the night ends nobody where most would go at once', async (t) => {
    await sandboxed(async (repo) => {
      const fake = await fakeMemberful(
        t,
        [0, 1, 2, 3, 4].map((id) => member(id, true)),
      )
      const { jobs, parts } = inSandbox(repo, { memberful: fake.site })
      await jobs.reconcileMemberships.run(parts, {})
      await repo.updateAll(from(Membership), { insertedAt: new Date('2026-01-01') })
      fake.members.clear()

      await assert.rejects(jobs.reconcileMemberships.run(parts, {}), {
        name: 'ReconcileError',
        message: /does not know 5 of the 5 who are members here, so nobody was ended/,
      })
      assert.equal(await repo.count(from(Membership).where({ status: 'active' })), 5)
    })(t)
  })
})

describe('where Memberful cannot be asked', () => {
  it(
    'the night ends who was suspended and came back, once their time is over',
    sandboxed(async (repo) => {
      const { receive, perform } = inSandbox(repo)
      for (const event of [created, deactivated, of('subscription.activated', P1)])
        await receive(event)
      await perform()
      assert.equal((await theMembership(repo)).status, 'active')

      const { jobs, parts, told } = inSandbox(repo, { at: new Date('2026-02-03T00:00:00Z') })
      await jobs.refetchMember.run(parts, { memberId: 0 })
      await jobs.reconcileMemberships.run(parts, {})

      assert.deepEqual([(await theMembership(repo)).status, told], ['ended', ['John Doe left']])
    }),
  )
})
