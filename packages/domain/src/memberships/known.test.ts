import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readEvent } from '@showrunner/memberful'
import { MEMBER, payload, PLAN, SUBSCRIPTION } from '@showrunner/memberful/testing'
import * as fc from 'fast-check'
import { applyEvent } from './apply-event.ts'
import { joined, type Known, NOTHING_KNOWN } from './known.ts'
import { type Standing, standing, withPassed } from './standing.ts'
import { type Told, toldBy } from './told.ts'

type SubscriptionEvent = Extract<Parameters<typeof payload>[0], `subscription.${string}`>

const [P1, P2, P3] = [
  '2026-01-01T00:00:00Z',
  '2026-02-01T00:00:00Z',
  '2026-03-01T00:00:00Z',
] as const

/** An event as it comes, of a subscription that is paid until then. */
const of = (
  event: SubscriptionEvent,
  expires_at: string | null,
  {
    changed,
    ...said
  }: { changed?: object; id?: number; active?: boolean; [field: string]: unknown } = {},
) =>
  payload(event, {
    subscription: {
      ...SUBSCRIPTION,
      active: event !== 'subscription.deactivated',
      expires_at,
      ...said,
    },
    ...(changed && { changed }),
  })

const told = (event: object): Told => {
  const read = readEvent(JSON.stringify(event))
  assert.ok(read)
  const reading = toldBy(read.name, read.payload)
  assert.ok(reading.ok && reading.told, JSON.stringify(reading))
  return reading.told
}

const knownOf = (events: readonly object[]): Known =>
  events.map(told).reduce(applyEvent, NOTHING_KNOWN)

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items]
  return items.flatMap((item, at) =>
    permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]),
  )
}

/** Whatever the order, and said twice, it ends so. */
function endsAs(events: readonly object[], expected: Partial<Standing>): void {
  const straight = knownOf(events)
  for (const order of permutations(events)) {
    const known = knownOf([...order, ...order.toReversed()])
    assert.deepEqual(known, straight)
  }
  const now = standing(straight)
  const fields = Object.keys(expected) as (keyof Standing)[]
  assert.deepEqual(Object.fromEntries(fields.map((field) => [field, now[field]])), expected)
}

describe('what follows from events, in every order and said twice', () => {
  const gold = { ...PLAN, id: 1, name: 'Gold' }
  const silver = { ...PLAN, id: 2, name: 'Silver' }

  it('somebody who signs up is no member, nor is who gives to another', () => {
    endsAs([payload('member_signup')], { status: 'none', email: MEMBER.email })
    endsAs([payload('member_signup'), payload('order.purchased')], { status: 'none' })
  })

  it('a subscription makes a member, and the first is when they began', () => {
    endsAs([payload('member_signup'), of('subscription.created', P1), payload('order.purchased')], {
      status: 'active',
      plan: 'Sample plan',
      autorenew: true,
      startedAt: new Date(SUBSCRIPTION.created_at),
      endsAt: new Date(P1),
      isCertain: true,
    })
  })

  it('one that is renewed goes on, one that is not ends', () => {
    const [created, renewed] = [of('subscription.created', P1), of('subscription.renewed', P2)]

    endsAs([created, renewed], { status: 'active', endsAt: new Date(P2), isCertain: true })
    endsAs([created, of('subscription.deactivated', P1)], { status: 'ended', isCertain: true })
    endsAs([created, renewed, of('subscription.deactivated', P2)], { status: 'ended' })
  })

  it('whoever lapses and returns is a member again', () => {
    const lapsed = [of('subscription.created', P1), of('subscription.deactivated', P1)]

    endsAs([...lapsed, of('subscription.reactivated', P2)], { status: 'active' })
    endsAs([...lapsed, of('subscription.renewed', P2)], { status: 'active', endsAt: new Date(P2) })
    endsAs([...lapsed, of('subscription.reactivated', P1)], { status: 'active' })
    endsAs([...lapsed, of('subscription.created', P2, { id: 2 })], { status: 'active' })
    endsAs([...lapsed, of('subscription.renewed', P2), of('subscription.deactivated', P2)], {
      status: 'ended',
      endsAt: new Date(P2),
    })
  })

  it('what was suspended and completed goes on until its period is over, and is doubtful', () => {
    const events = [
      of('subscription.created', P1),
      of('subscription.deactivated', P1),
      of('subscription.activated', P1),
    ]
    endsAs(events, { status: 'active', isCertain: false })

    const known = knownOf(events)
    assert.equal(standing(withPassed(known, new Date(P1))).status, 'active')
    const after = withPassed(known, new Date(P2))
    assert.equal(standing(after).status, 'ended')
    assert.equal(standing(joined(after, knownOf(events))).status, 'ended')
    const renewed = joined(after, knownOf([of('subscription.renewed', P2)]))
    assert.equal(standing(renewed).status, 'active')
  })

  it('a plan is left for another, and so is an end', () => {
    const created = of('subscription.created', P1, { subscription_plan: silver })
    const upgraded = of('subscription.updated', P2, {
      subscription_plan: gold,
      changed: { plan_id: [2, 1], expires_at: [P1, P2], autorenew: [true, false] },
      autorenew: false,
    })
    endsAs([created, upgraded], {
      status: 'active',
      plan: 'Gold',
      autorenew: false,
      endsAt: new Date(P2),
      isCertain: true,
    })

    // A cheaper plan begins with the next period, and nothing says so.
    const downgraded = of('subscription.renewed', P3, {
      subscription_plan: { ...PLAN, id: 0, name: 'Bronze' },
    })
    endsAs([created, upgraded, downgraded], { plan: 'Bronze', autorenew: true })

    const shortened = of('subscription.updated', P1, { changed: { expires_at: [P2, P1] } })
    const long = of('subscription.created', P2)
    endsAs([long, shortened], { status: 'active', endsAt: new Date(P1) })
    endsAs([long, shortened, of('subscription.deactivated', P1)], { status: 'ended' })
  })

  it('what has no end ends all the same, and comes back, and may be given one', () => {
    const endless = of('subscription.created', null)
    endsAs([endless], { status: 'active', endsAt: null })
    const ended = of('subscription.deactivated', null)
    endsAs([endless, ended], { status: 'ended' })
    endsAs([endless, ended, of('subscription.renewed', null)], { status: 'active' })
    const given = of('subscription.updated', P1, { changed: { expires_at: [null, P1] } })
    endsAs([endless, given], { status: 'active', endsAt: new Date(P1) })
  })

  it('of several subscriptions one is enough', () => {
    const [one, other] = [of('subscription.created', P1), of('subscription.created', P3, { id: 2 })]
    endsAs([one, other, of('subscription.deactivated', P1)], {
      status: 'active',
      endsAt: new Date(P3),
    })
  })

  it('what is deleted is gone, and so is who is deleted', () => {
    const created = of('subscription.created', P1)
    endsAs([created, of('subscription.deleted', P1), of('subscription.renewed', P2)], {
      status: 'ended',
    })
    endsAs([created, payload('member.deleted')], { status: 'ended' })
    endsAs([payload('member_signup'), payload('member.deleted')], { status: 'none' })
  })

  it('an address is the one that was left for no other', () => {
    const signup = payload('member_signup', { member: { ...MEMBER, email: 'Z@example.com' } })
    const moved = payload('member_updated', {
      member: { ...MEMBER, email: 'a@example.com' },
      changed: { email: ['z@example.com', 'a@example.com'] },
    })
    endsAs([signup, moved], { email: 'a@example.com', isCertain: true })
  })

  it('free access is given and taken', () => {
    const member = (unrestricted_access: boolean) => ({ ...MEMBER, unrestricted_access })
    const signup = payload('member_signup')
    const given = payload('member_updated', { member: member(true), changed: {} })
    endsAs([signup, given], { status: 'active', unrestricted: true, endsAt: null })
    const taken = payload('member_updated', {
      member: member(false),
      changed: { unrestricted_access: [true, false] },
    })
    endsAs([signup, given, taken], { status: 'ended', unrestricted: false })
  })

  it('everything as it is documented, in an order of which some are left out, ends the same', () => {
    const documented = (
      [
        'member_signup',
        'subscription.created',
        'subscription.renewed',
        'subscription.updated',
      ] as const
    ).map((event) => payload(event))
    endsAs(documented, { status: 'active' })
    endsAs([...documented, payload('subscription.deactivated')], { status: 'ended' })
    endsAs([...documented, payload('subscription.deleted')], { status: 'ended' })
  })
})

const period = fc.constantFrom<string | null>(P1, P2, P3, null)
const anEvent = fc.oneof(
  fc
    .record({
      event: fc.constantFrom<SubscriptionEvent>(
        'subscription.created',
        'subscription.updated',
        'subscription.renewed',
        'subscription.reactivated',
        'subscription.activated',
        'subscription.deactivated',
        'subscription.deleted',
      ),
      id: fc.constantFrom(1, 2),
      expires: period,
      active: fc.boolean(),
      autorenew: fc.boolean(),
      plan: fc.constantFrom(1, 2),
      changed: fc.record(
        {
          expires_at: fc.tuple(period, period),
          plan_id: fc.tuple(fc.constantFrom(1, 2), fc.constantFrom(1, 2)),
        },
        { requiredKeys: [] },
      ),
    })
    .map(({ event, id, expires, active, autorenew, plan, changed }) =>
      of(event, expires, {
        id,
        active,
        autorenew,
        changed,
        subscription_plan: { ...PLAN, id: plan, name: `Plan ${plan}` },
      }),
    ),
  fc.constantFrom(
    payload('member_signup'),
    payload('member_updated'),
    payload('member.deleted'),
    payload('order.refunded'),
  ),
)
const events = fc.array(anEvent, { maxLength: 8 })

describe('what is known', () => {
  it('is the same in any order, with any of it said again', () => {
    const shuffled = events.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }),
      ),
    )
    fc.assert(
      fc.property(shuffled, ([all, again]) => {
        assert.deepEqual(knownOf(again), knownOf(all))
        assert.deepEqual(standing(knownOf(again)), standing(knownOf(all)))
      }),
    )
  })

  it('is joined in any grouping, and holds for good what it holds', () => {
    fc.assert(
      fc.property(events, events, events, (one, other, third) => {
        const [a, b, c] = [knownOf(one), knownOf(other), knownOf(third)]
        assert.deepEqual(joined(joined(a, b), c), joined(a, joined(b, c)))
        assert.deepEqual(joined(a, b), joined(b, a))
        assert.deepEqual(joined(a, a), a)
        assert.deepEqual(joined(joined(a, b), a), joined(a, b))
      }),
    )
  })

  it('is what a table keeps of it', () => {
    fc.assert(
      fc.property(events, (all) => {
        const known = knownOf(all)
        assert.deepEqual(JSON.parse(JSON.stringify(known)), known)
      }),
    )
  })
})

describe('an event that is not as documented', () => {
  it('says what is wrong with it', () => {
    const wordsOf = (event: { event: string }) => {
      const reading = toldBy(event.event, readEvent(JSON.stringify(event))?.payload ?? {})
      return reading.ok ? 'nothing' : reading.words
    }

    assert.equal(
      wordsOf(payload('subscription.created', { subscription: null })),
      "subscription can't be blank",
    )
    assert.equal(
      wordsOf(of('subscription.created', 'soon', { id: 'x' as unknown as number })),
      'subscription.id is invalid, subscription.expiresAt is no time',
    )
    assert.equal(
      wordsOf(of('subscription.created', P1, { member: { email: 7 } })),
      "subscription.member.email is invalid, subscription.member.id can't be blank",
    )
    assert.equal(wordsOf(payload('order.purchased', { order: {} })), "order.member can't be blank")
    for (const never of [
      '0000-01-01T00:00:00Z',
      '-000001-01-01T00:00:00Z',
      '+010000-01-01T00:00:00Z',
    ]) {
      assert.equal(wordsOf(of('subscription.created', never)), 'subscription.expiresAt is no time')
    }
    assert.match(
      wordsOf(payload('member_signup', { member: { id: 1, email: `${'a'.repeat(300)}@b.co` } })),
      /^member\.email should be at most 254/,
    )
  })
})
