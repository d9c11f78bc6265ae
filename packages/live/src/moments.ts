import { type Repo, type Scope, sql } from '@showrunner/data'
import { type Change } from './change.ts'
import { type Dependency } from './dependency.ts'
import { DependencyIndex } from './dependency-index.ts'

/** Rows of a table that were compared with the time it was. */
export interface Awaited extends Dependency {
  readonly column: string
  /** Whether a row changes sides with its moment, or when that is over. */
  readonly isThen: boolean
  readonly at: Date
}

/** What was found when rows were last asked for. */
interface Known {
  readonly key: string
  readonly at: Date
  next: Next
}

/** A promise while it is asked for. */
type Next = Date | undefined | Promise<Date | undefined>

const MOST = 1_000

/**
 * When the next of some rows changes sides by the clock alone. Many pages wait for the same rows: what was found for one of them is
 * so for the others, until one of these rows is changed, or is there.
 */
export class Moments {
  readonly #repo: Repo
  readonly #known = new Map<string, Known>()
  readonly #index = new DependencyIndex<Known>()
  #watched: ReadonlySet<string> | undefined

  constructor(repo: Repo) {
    this.#repo = repo
  }

  /** The first moment after `at`, which is nearly always known. */
  next(awaited: Awaited): Next {
    const { table, column, isThen, scopes, at } = awaited
    if (!this.#watched?.has(table)) return nextOf(this.#repo, awaited)
    const key = JSON.stringify([table, column, isThen, scopes])
    const known = this.#known.get(key)
    if (!known || known.at > at) return this.#ask(key, awaited)
    const unlessOver = (next: Date | undefined) =>
      !next || next > at ? next : this.#ask(key, awaited)
    return known.next instanceof Promise ? known.next.then(unlessOver) : unlessOver(known.next)
  }

  listening(watched: ReadonlySet<string>): void {
    this.#watched = watched
  }

  lost(): void {
    this.#watched = undefined
    this.#clear()
  }

  changed(change: Change): void {
    for (const known of this.#index.touchedBy(change)) this.#forget(known)
  }

  #ask(key: string, awaited: Awaited): Promise<Date | undefined> {
    const before = this.#known.get(key)
    if (before) this.#forget(before)
    if (this.#known.size >= MOST) this.#clear()
    const asked = nextOf(this.#repo, awaited)
    const known: Known = { key, at: awaited.at, next: asked }
    void this.#note(known, asked)
    this.#known.set(key, known)
    this.#index.add(known, [awaited])
    return asked
  }

  async #note(known: Known, asked: Promise<Date | undefined>): Promise<void> {
    try {
      known.next = await asked
    } catch {
      this.#forget(known)
    }
  }

  #forget(known: Known): void {
    this.#index.remove(known)
    if (this.#known.get(known.key) === known) this.#known.delete(known.key)
  }

  #clear(): void {
    this.#known.clear()
    this.#index.clear()
  }
}

async function nextOf(
  repo: Repo,
  { table, scopes, column, isThen, at }: Awaited,
): Promise<Date | undefined> {
  const moment = sql.ref(column)
  // Where rows of that very moment are still to change sides, it holds for no longer than that.
  const later = sql.raw(isThen ? '>' : '>=')
  const among = scopes.map((scope) => sql` and ${inScope(scope)}`)
  // PostgreSQL counts finer than our clock, by which a row has come only with the next millisecond.
  const [found] = await repo.unscoped().run(
    sql<{
      at: Date | null
    }>`select date_trunc('milliseconds', min(${moment}) + interval '999 microseconds') as at
      from ${sql.table(table)} where ${moment} ${later} ${at} and ${moment} < 'infinity'${sql.join(among, sql``)}`,
    { reads: [table] },
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
