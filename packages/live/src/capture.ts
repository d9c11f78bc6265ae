import { type Read, type Repo, type Scope, sql } from '@showrunner/data'
import { type Dependency, together } from './dependency.ts'

/** What a piece of work gave, and what has to stay as it is for it to hold. */
export interface Captured<T> {
  readonly outcome: Outcome<T>
  readonly dependencies: readonly Dependency[]
  /** When it holds no longer, by the clock alone; undefined: never, as far as is known by now. */
  readonly until: Date | undefined
}

export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }

/**
 * Does the work, and notes what it reads by the repo, and when rows that it compared with the clock's time change sides:
 * an episode that is scheduled is not there before its moment, and is at it.
 */
export async function capture<T>(
  repo: Repo,
  now: () => Date,
  work: (clock: () => Date) => Promise<T>,
): Promise<Captured<T>> {
  const reads: Read[] = []
  const instants = new Set<number>()
  const clock = (): Date => {
    const instant = now()
    instants.add(instant.getTime())
    return instant
  }
  const outcome = await repo.recorded(
    (given) => reads.push(...given),
    () => outcomeOf(() => work(clock)),
  )
  const awaited = instants.size === 0 ? [] : reads.flatMap((read) => awaitedIn(read, instants))
  const until = awaited.length === 0 ? undefined : await nextMoment(repo, awaited)
  return { outcome, dependencies: together(reads.filter(({ table }) => table !== '')), until }
}

async function outcomeOf<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    return { ok: false, error }
  }
}

/** Rows of a table that were compared with the time it was. */
interface Awaited {
  readonly table: string
  readonly scopes: readonly Scope[]
  readonly column: string | undefined
  readonly operator: string | undefined
  readonly at: Date
}

/** Of these a row changes sides when it is its moment, and then no more. */
const AT_THE_MOMENT: ReadonlySet<string | undefined> = new Set(['<=', '>'])

function awaitedIn(
  { table, scopes, moments }: Read,
  instants: ReadonlySet<number>,
): readonly Awaited[] {
  return moments
    .filter(({ at }) => instants.has(at.getTime()))
    .map((moment) => ({ table, scopes, ...moment }))
}

async function nextMoment(repo: Repo, awaited: readonly Awaited[]): Promise<Date | undefined> {
  const hidden = awaited.find(({ column }) => column === undefined)
  // Which rows wait for what cannot be seen: it holds for that moment only.
  if (hidden) return hidden.at
  const asked = Map.groupBy(awaited, ({ table, column, operator }) =>
    [table, column, AT_THE_MOMENT.has(operator)].join(),
  )
  const moments = await Promise.all([...asked.values()].map((alike) => nextOf(repo, alike)))
  return moments.reduce(earlier, undefined)
}

function earlier(left: Date | undefined, right: Date | undefined): Date | undefined {
  if (!left || !right) return left ?? right
  return left < right ? left : right
}

async function nextOf(repo: Repo, alike: readonly Awaited[]): Promise<Date | undefined> {
  const [first] = alike
  if (!first) return undefined
  const column = sql.ref(first.column ?? '')
  const from = alike.reduce((least, { at }) => (at < least ? at : least), first.at)
  const different = new Map(alike.map(({ scopes }) => [JSON.stringify(scopes), scopes]))
  const among = [...different.values()].map(
    (scopes) => sql`(${sql.join([sql`true`, ...scopes.map(inScope)], sql` and `)})`,
  )
  // Where rows of that very moment are still to change sides, it holds for no longer than that.
  const later = sql.raw(AT_THE_MOMENT.has(first.operator) ? '>' : '>=')
  // PostgreSQL counts finer than our clock, by which a row has come only with the next millisecond.
  const [found] = await repo.unscoped().run(
    sql<{
      at: Date | null
    }>`select date_trunc('milliseconds', min(${column}) + interval '999 microseconds') as at
      from ${sql.table(first.table)}
      where ${column} ${later} ${from} and (${sql.join(among, sql` or `)})`,
    { reads: [first.table] },
  )
  return found?.at ?? undefined
}

// A value in the text of the statement, so that an index of what is published is seen to serve.
function inScope({ column, values }: Scope) {
  const [only, ...others] = values
  return only !== undefined && others.length === 0
    ? sql`${sql.ref(column)} = ${sql.lit(only)}`
    : sql`${sql.ref(column)} = any(${values})`
}
