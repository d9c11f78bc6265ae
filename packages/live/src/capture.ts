import { type Read, type Repo } from '@showrunner/data'
import { contains, type Dependency } from './dependency.ts'
import { type Awaited, type Moments } from './moments.ts'

/** What a piece of work gave, and what has to stay as it is for it to hold. */
export interface Captured<T> {
  readonly outcome: Outcome<T>
  readonly dependencies: readonly Dependency[]
  /** When it holds no longer, by the clock alone; undefined: never, as far as is known by now. */
  readonly until: Date | undefined
}

export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }

/** What work is done with. */
export interface Source {
  readonly repo: Repo
  readonly moments: Moments
  readonly clock: () => Date
}

/**
 * Does the work, and notes what it reads by the repo, and when rows that it compared with the clock's time change sides:
 * an episode that is scheduled is not there before its moment, and is at it.
 */
export async function capture<T>(
  { repo, moments, clock: now }: Source,
  work: (clock: () => Date) => Promise<T>,
): Promise<Captured<T>> {
  const reads: Read[] = []
  const instants = new Set<number>()
  const clock = (): Date => {
    const instant = now()
    instants.add(instant.getTime())
    return instant
  }
  const outcome = await repo.recorded(reads, () => outcomeOf(() => work(clock)))
  const until = await nextMoment(moments, reads, instants)
  return { outcome, dependencies: reads.filter(({ table }) => table !== ''), until }
}

async function outcomeOf<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    return { ok: false, error }
  }
}

/** Of these a row changes sides when it is its moment, and then no more. */
const AT_THE_MOMENT: ReadonlySet<string | undefined> = new Set(['<=', '>'])

function nextMoment(
  moments: Moments,
  reads: readonly Read[],
  instants: ReadonlySet<number>,
): Date | undefined | Promise<Date | undefined> {
  const awaited: Awaited[] = []
  for (const read of reads) {
    for (const { column, operator, at } of read.moments) {
      if (!instants.has(at.getTime())) continue
      // Which rows wait for what cannot be seen: it holds for that moment only.
      if (column === undefined) return at
      const { table, scopes } = read
      add(awaited, { table, scopes, column, isThen: AT_THE_MOMENT.has(operator), at })
    }
  }
  let first: Date | undefined
  const asked: Promise<Date | undefined>[] = []
  for (const one of awaited) {
    const next = moments.next(one)
    if (next instanceof Promise) asked.push(next)
    else first = earlier(first, next)
  }
  if (asked.length === 0) return first
  return Promise.all(asked).then((found) => found.reduce(earlier, first))
}

/** Rows that others have among them are waited for with those. */
function add(awaited: Awaited[], one: Awaited): void {
  if (awaited.some((other) => isAmong(one, other))) return
  const rest = awaited.filter((other) => !isAmong(other, one))
  awaited.splice(0, awaited.length, ...rest, one)
}

function isAmong(left: Awaited, right: Awaited): boolean {
  return (
    left.column === right.column &&
    left.isThen === right.isThen &&
    left.at >= right.at &&
    contains(right, left)
  )
}

function earlier(left: Date | undefined, right: Date | undefined): Date | undefined {
  if (!left || !right) return left ?? right
  return left < right ? left : right
}
