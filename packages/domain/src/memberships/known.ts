/** Values that something had, in no order: those that were seen, and those that are known to have been left for another. */
export interface Values<Value> {
  readonly seen: readonly Value[]
  readonly left: readonly Value[]
}

/** A time as ISO text, or never: in the order of text, `never` comes last. */
export type Period = string
export const NEVER: Period = 'never'

/** What is known of a subscription. Nothing in it is ever taken back, so it does not matter what was heard first. */
export interface KnownSubscription {
  readonly createdAt: string | null
  readonly deleted: boolean
  /** The moments at which what is paid ends: each of them is one period, which renewing ends. */
  readonly periods: Values<Period>
  /** Periods in which it was seen without access. */
  readonly ended: readonly Period[]
  /** Periods in which access was said to have come back. */
  readonly resumed: readonly Period[]
  /** Periods of both kinds that have passed. */
  readonly over: readonly Period[]
  /** What was seen in each period: a plan may be another in the next, without a word. */
  readonly terms: Readonly<Record<Period, Terms>>
  readonly planNames: Readonly<Record<string, string>>
}

interface Terms {
  readonly plans: Values<number>
  readonly autorenew: Values<boolean>
}

/** All that was heard of a member. */
export interface Known {
  readonly deleted: boolean
  readonly emails: Values<string>
  readonly unrestricted: Values<boolean>
  readonly subscriptions: Readonly<Record<string, KnownSubscription>>
}

export const NO_VALUES = { seen: [], left: [] } as const

export const NOTHING_KNOWN: Known = {
  deleted: false,
  emails: NO_VALUES,
  unrestricted: NO_VALUES,
  subscriptions: {},
}

/** What both say: it does not matter in which order, in which groups or how often things are joined. */
export function joined(one: Known, other: Known): Known {
  return {
    deleted: one.deleted || other.deleted,
    emails: values(one.emails, other.emails),
    unrestricted: values(one.unrestricted, other.unrestricted),
    subscriptions: merged(one.subscriptions, other.subscriptions, joinedSubscription),
  }
}

function joinedSubscription(one: KnownSubscription, other: KnownSubscription): KnownSubscription {
  return {
    createdAt: earliest(one.createdAt, other.createdAt),
    deleted: one.deleted || other.deleted,
    periods: values(one.periods, other.periods),
    ended: both(one.ended, other.ended),
    resumed: both(one.resumed, other.resumed),
    over: both(one.over, other.over),
    terms: merged(one.terms, other.terms, (a, b) => ({
      plans: values(a.plans, b.plans),
      autorenew: values(a.autorenew, b.autorenew),
    })),
    planNames: merged(one.planNames, other.planNames, (a, b) => (a > b ? a : b)),
  }
}

/** The value that was left for no other; the last of them in their order, where that does not say it. */
export function latest<Value>({ seen, left }: Values<Value>): Value | undefined {
  const present = seen.filter((value) => !left.includes(value))
  return (present.length > 0 ? present : seen).at(-1)
}

/** Whether there is no other that it might be. */
export function isCertain<Value>({ seen, left }: Values<Value>): boolean {
  return seen.length < 2 || seen.filter((value) => !left.includes(value)).length === 1
}

/** Whether each of them was left for another: nobody can tell where that ended. */
export function isCircular<Value>({ seen, left }: Values<Value>): boolean {
  return seen.length > 1 && seen.every((value) => left.includes(value))
}

function values<Value extends string | number | boolean>(
  one: Values<Value>,
  other: Values<Value>,
): Values<Value> {
  return { seen: both(one.seen, other.seen), left: both(one.left, other.left) }
}

function both<Value extends string | number | boolean>(
  one: readonly Value[],
  other: readonly Value[],
): readonly Value[] {
  return [...new Set([...one, ...other])].toSorted((a, b) => (a < b ? -1 : 1))
}

function merged<Value>(
  one: Readonly<Record<string, Value>>,
  other: Readonly<Record<string, Value>>,
  merge: (one: Value, other: Value) => Value,
): Readonly<Record<string, Value>> {
  const keys = both(Object.keys(one), Object.keys(other))
  return Object.fromEntries(
    keys.flatMap((key) => {
      const [a, b] = [one[key], other[key]]
      const value = a !== undefined && b !== undefined ? merge(a, b) : (a ?? b)
      return value === undefined ? [] : [[key, value] as const]
    }),
  )
}

function earliest(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other
  return one < other ? one : other
}
