import {
  isCertain,
  isCircular,
  type Known,
  type KnownSubscription,
  latest,
  NEVER,
  NO_VALUES,
} from './known.ts'

export const MEMBERSHIP_STATUSES = ['none', 'active', 'ended'] as const
export type MembershipStatus = (typeof MEMBERSHIP_STATUSES)[number]

/** What follows from all that is known of a member. */
export interface Standing {
  /** `none` is somebody who never had access. */
  readonly status: MembershipStatus
  readonly email: string | null
  readonly plan: string | null
  readonly autorenew: boolean | null
  readonly unrestricted: boolean
  readonly startedAt: Date | null
  /** Null: it does not end by itself. */
  readonly endsAt: Date | null
  /** Whether it could not be anything else, whatever was heard last. */
  readonly isCertain: boolean
}

/**
 * Where somebody stands. What is paid last counts: of several periods of a subscription the one that ends last, unless an
 * update said that it was left for another. Within it an end outweighs a beginning, and a return an end, until the period
 * is over. What is deleted stays deleted.
 */
export function standing({ deleted, emails, unrestricted, subscriptions }: Known): Standing {
  const all = Object.values(subscriptions).map(standingOf)
  const active = all.filter(({ isActive }) => isActive)
  const [best] = (active.length > 0 ? active : all).toSorted((a, b) =>
    a.period < b.period ? 1 : -1,
  )
  const isUnrestricted = !deleted && unrestrictedNow(unrestricted)
  const isActive = !deleted && (isUnrestricted || active.length > 0)
  const hadAccess = all.length > 0 || unrestricted.seen.includes(true)
  return {
    status: isActive ? 'active' : hadAccess ? 'ended' : 'none',
    email: latest(emails) ?? null,
    plan: best?.plan ?? null,
    autorenew: best?.autorenew ?? null,
    unrestricted: isUnrestricted,
    startedAt: moment(all.map(({ createdAt }) => createdAt ?? NEVER).toSorted()[0]),
    endsAt: isUnrestricted ? null : moment(best?.period),
    isCertain: deleted || (isCertain(emails) && all.every((one) => one.isCertain)),
  }
}

interface OneStanding {
  readonly isActive: boolean
  readonly period: string
  readonly plan: string | null
  readonly autorenew: boolean | null
  readonly createdAt: string | null
  readonly isCertain: boolean
}

function standingOf(known: KnownSubscription): OneStanding {
  const period = latest(known.periods) ?? NEVER
  const hasEnded = known.ended.includes(period)
  const isBack = known.resumed.includes(period) && !known.over.includes(period)
  const { plans, autorenew } = known.terms[period] ?? { plans: NO_VALUES, autorenew: NO_VALUES }
  const planId = latest<number>(plans)
  return {
    isActive: !known.deleted && (!hasEnded || isBack),
    period,
    plan: planId === undefined ? null : (known.planNames[planId] ?? null),
    autorenew: latest<boolean>(autorenew) ?? null,
    createdAt: known.createdAt,
    // Of periods, the last one is the present one, unless each of them was left for another.
    isCertain: known.deleted || (!isCircular(known.periods) && !(hasEnded && isBack)),
  }
}

/** Everybody is restricted first: where both were seen, and none was said to have been left, it is what came of it. */
function unrestrictedNow(unrestricted: Known['unrestricted']): boolean {
  return latest(unrestricted) ?? false
}

function moment(text: string | undefined): Date | null {
  return text === undefined || text === NEVER ? null : new Date(text)
}

/**
 * The same, with what time has decided: where somebody was seen both to end and to come back in one period, and it has
 * passed, they are gone unless they renewed.
 */
export function withPassed(known: Known, asOf: Date): Known {
  const passed = asOf.toISOString()
  const subscriptions = Object.entries(known.subscriptions).map(([id, one]) => {
    const over = one.ended.filter((period) => one.resumed.includes(period) && period < passed)
    return [id, { ...one, over: [...new Set([...one.over, ...over])].toSorted() }] as const
  })
  return { ...known, subscriptions: Object.fromEntries(subscriptions) }
}
