import { AsyncLocalStorage } from 'node:async_hooks'
import { type Repo } from '@showrunner/data'
import { capture, type Captured, type Source } from './capture.ts'
import { type Change } from './change.ts'
import { touches } from './dependency.ts'
import { DependencyIndex } from './dependency-index.ts'
import { etagOf, Kept } from './kept.ts'
import { LastSeen } from './last-seen.ts'
import { Moments } from './moments.ts'
import { SharedValue } from './shared-value.ts'
import { type Entry, Shelf, weightOf } from './shelf.ts'
import { Wakes } from './wakes.ts'

/** Makes a page; the time it asks the clock for is what it is compared with by. */
export type Make = (clock: () => Date) => Promise<Buffer>

export interface PageCacheOptions {
  readonly repo: Repo
  readonly clock?: () => Date
  /** For what is kept, compressed bodies and all. 64 MiB unless said. */
  readonly mostBytes?: number
  /**
   * What is done while nobody hears changes, and nothing is kept, for who asks while a page is being made: `after` waits for one
   * that was begun after they asked, `join` takes it, `alone` makes one for each.
   */
  readonly unheard?: 'after' | 'join' | 'alone'
  readonly log?: (level: 'info' | 'warning', message: string) => void
}

export interface Counters {
  readonly hits: number
  readonly misses: number
  readonly renders: number
  readonly invalidations: number
  readonly evictions: number
}

/** A page that is being made. */
interface Flight {
  readonly answer: Promise<Answer>
  readonly changes: Change[]
}

interface Answer {
  readonly outcome:
    { readonly ok: true; readonly value: Kept } | { readonly ok: false; readonly error: unknown }
  /** Whether it was true when it was there. */
  readonly isFresh: boolean
  /** Before its making began for the last time, who asked has an answer that was true after they asked. */
  readonly begun: number
}

/** What a page was given of what it shows in common with others, in which version: undefined where it cannot be kept with that. */
type Used = Map<SharedValue, number | undefined>

const MOST_ATTEMPTS = 3
const MOST_BYTES = 64 * 1024 * 1024

/** Pages as they were made, each until something changes that it was made from. Keeps nothing while nobody hears what changes. */
export class PageCache {
  readonly #source: Source
  readonly #moments: Moments
  readonly #clock: () => Date
  readonly #unheard: 'after' | 'join' | 'alone'
  readonly #log: NonNullable<PageCacheOptions['log']>
  readonly #index = new DependencyIndex<Entry | SharedValue>()
  readonly #shelf: Shelf
  readonly #lastSeen = new LastSeen()
  readonly #flights = new Map<string, Flight>()
  readonly #shared = new Map<string, SharedValue>()
  readonly #users = new Map<SharedValue, Set<Entry>>()
  readonly #using = new AsyncLocalStorage<Used>()
  // What is shared is read as nobody's, whoever asks for it first.
  readonly #asNobody = AsyncLocalStorage.snapshot()
  readonly #held = new Map<string, number>()
  readonly #staleListeners = new Set<(key: string) => void>()
  readonly #wakes: Wakes
  readonly #counters = { hits: 0, misses: 0, renders: 0, invalidations: 0, evictions: 0 }
  #watched: ReadonlySet<string> | undefined
  readonly #unwatched = new Set<string>()
  #time = 0

  constructor(options: PageCacheOptions) {
    this.#clock = options.clock ?? (() => new Date())
    this.#moments = new Moments(options.repo)
    this.#source = { repo: options.repo, moments: this.#moments, clock: this.#clock }
    this.#unheard = options.unheard ?? 'after'
    this.#log = options.log ?? (() => undefined)
    this.#wakes = new Wakes(this.#clock, (key) => this.#wake(key))
    this.#shelf = new Shelf(
      options.mostBytes ?? MOST_BYTES,
      (key) => this.#held.has(key),
      (entry) => {
        this.#counters.evictions += 1
        this.#forget(entry)
      },
    )
  }

  get isListening(): boolean {
    return this.#watched !== undefined
  }

  get counters(): Counters & { readonly pages: number; readonly bytes: number } {
    return { ...this.#counters, pages: this.#shelf.size, bytes: this.#shelf.bytes }
  }

  /** The page, if it is kept and true. */
  fresh(key: string): Kept | undefined {
    const entry = this.#watched && this.#shelf.get(key)
    if (!entry?.kept) return undefined
    if (entry.until !== Infinity && this.#clock().getTime() >= entry.until) {
      this.#drop(entry)
      return undefined
    }
    for (const value of entry.values) if (!value.isSure(this.#clock)) return undefined
    entry.used = true
    this.#counters.hits += 1
    return entry.kept
  }

  /** The page, made if it is not kept: once for everybody who asks meanwhile. A failure is theirs, and not kept. */
  async get(key: string, make: Make): Promise<Kept> {
    const asked = (this.#time += 1)
    for (;;) {
      const known = this.fresh(key) ?? (await this.#reassured(key))
      if (known) return known
      const { outcome, isFresh, begun } = await this.#flight(key, make).answer
      if (!isFresh && begun < asked && this.#unheard !== 'join') continue
      if (!outcome.ok) throw outcome.error
      return outcome.value
    }
  }

  /**
   * What many pages show, read once for all of them: they are made anew when it is another. Called inside the making of a page.
   * It is read as nobody's: what it says may not depend on who asks.
   */
  async value<T>(name: string, read: (clock: () => Date) => Promise<T>): Promise<T> {
    if (!this.#watched) return read(this.#clock)
    const shared = this.#shared.get(name) ?? this.#share(name, read)
    const { value, version } = await shared.get(this.#clock)
    const used = this.#using.getStore()
    if (used)
      used.set(shared, !used.has(shared) || used.get(shared) === version ? version : undefined)
    // One name is given to one function only.
    return value as T
  }

  /** Keeps a page from eviction, and what is known of one that failed, until the answer is called: somebody looks at it. */
  hold(key: string): () => void {
    this.#held.set(key, (this.#held.get(key) ?? 0) + 1)
    this.#watchClock(this.#shelf.get(key))
    return () => {
      const others = (this.#held.get(key) ?? 0) - 1
      if (others > 0) this.#held.set(key, others)
      else {
        this.#held.delete(key)
        this.#wakes.cancel(key)
      }
    }
  }

  /**
   * Tells of each page that was kept and is true no longer; of those that are held also when changes were not heard for a while,
   * and when they change faster than they are made.
   */
  onStale(listener: (key: string) => void): () => void {
    this.#staleListeners.add(listener)
    return () => this.#staleListeners.delete(listener)
  }

  /** From now on it hears what changes in these tables. */
  listening(watched: ReadonlySet<string>): void {
    this.#watched = watched
    this.#moments.listening(watched)
    for (const key of this.#held.keys()) this.#tellStale(key)
  }

  /** From now on it hears nothing: nothing it has may be true. */
  lost(): void {
    this.#watched = undefined
    this.#shelf.clear()
    this.#index.clear()
    this.#users.clear()
    this.#shared.clear()
    this.#moments.lost()
    this.#wakes.clear()
  }

  changed(change: Change): void {
    for (const { changes } of this.#flights.values()) changes.push(change)
    this.#moments.changed(change)
    for (const value of this.#shared.values()) value.heard(change)
    for (const holder of this.#index.touchedBy(change)) {
      if (holder instanceof SharedValue) this.#doubt(holder)
      else this.#drop(holder)
    }
  }

  close(): void {
    this.lost()
    this.#staleListeners.clear()
  }

  /** A page of which only what it shares with others was in doubt. */
  async #reassured(key: string): Promise<Kept | undefined> {
    const entry = this.#shelf.get(key)
    if (!entry?.kept || !this.#watched) return undefined
    await Promise.all(entry.values.map((value) => value.get(this.#clock)))
    return this.fresh(key)
  }

  #flight(key: string, make: Make): Flight {
    const known = this.#flights.get(key)
    if (known) return known
    this.#counters.misses += 1
    const changes: Change[] = []
    const isAlone = !this.#watched && this.#unheard === 'alone'
    const flight: Flight = {
      changes,
      answer: this.#make(key, make, changes).finally(() => {
        if (this.#flights.get(key) === flight) this.#flights.delete(key)
      }),
    }
    if (!isAlone) this.#flights.set(key, flight)
    return flight
  }

  async #make(key: string, make: Make, changes: Change[]): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      changes.length = 0
      const begun = (this.#time += 1)
      const watched = this.#watched
      const used: Used = new Map()
      const captured = await capture(this.#source, (clock) =>
        this.#using.run(used, () => make(clock)),
      )
      this.#counters.renders += 1
      const isFresh =
        watched !== undefined && (await this.#isTrue(captured, changes, used, watched))
      const isOvertaken = !isFresh && watched !== undefined && watched === this.#watched
      if (isOvertaken && attempt < MOST_ATTEMPTS) continue
      // It is not kept, so nothing else would tell.
      if (isOvertaken && this.#held.has(key)) queueMicrotask(() => this.#tellStale(key))
      return { outcome: this.#shelve(key, captured, [...used.keys()], isFresh), isFresh, begun }
    }
  }

  async #isTrue(
    { dependencies }: Captured<Buffer>,
    changes: readonly Change[],
    used: Used,
    watched: ReadonlySet<string>,
  ): Promise<boolean> {
    for (const value of used.keys()) await value.get(this.#clock).catch(() => undefined)
    return (
      this.#watched === watched &&
      [...used].every(
        ([value, version]) => value.version === version && value.isSure(this.#clock),
      ) &&
      !changes.some((change) => dependencies.some((dependency) => touches(dependency, change)))
    )
  }

  #shelve(
    key: string,
    { outcome, dependencies, until }: Captured<Buffer>,
    values: readonly SharedValue[],
    isFresh: boolean,
  ): Answer['outcome'] {
    const kept = outcome.ok ? this.#keptOf(key, outcome.value, until) : undefined
    const holdsOn = kept !== undefined && (!until || until > this.#clock())
    const isWorthIt = holdsOn || this.#held.has(key)
    if (isFresh && isWorthIt && this.#allWatched(dependencies.map(({ table }) => table))) {
      const entry: Entry = {
        key,
        kept,
        values,
        until: until?.getTime() ?? Infinity,
        bytes: weightOf(kept, dependencies),
        used: true,
      }
      this.#index.add(entry, dependencies)
      for (const value of values) this.#usersOf(value).add(entry)
      this.#shelf.put(entry)
      this.#watchClock(entry)
    }
    return kept ? { ok: true, value: kept } : (outcome as Extract<typeof outcome, { ok: false }>)
  }

  #keptOf(key: string, body: Buffer, until: Date | undefined): Kept {
    const etag = etagOf(body)
    const lastModified = this.#lastSeen.note(key, etag, this.#clock())
    const kept: Kept = new Kept({ key, body, etag, lastModified, until }, (bytes) =>
      this.#shelf.grow(key, kept, bytes),
    )
    return kept
  }

  #allWatched(tables: readonly string[]): boolean {
    const unwatched = tables.filter((table) => !this.#watched?.has(table))
    for (const table of unwatched) {
      if (this.#unwatched.has(table)) continue
      this.#unwatched.add(table)
      this.#log(
        'warning',
        `Pages that read "${table}" are not kept: nobody tells what changes there.`,
      )
    }
    return unwatched.length === 0
  }

  #share<T>(name: string, read: (clock: () => Date) => Promise<T>): SharedValue {
    const value: SharedValue = new SharedValue(
      name,
      () => this.#asNobody(() => capture(this.#source, read)),
      ({ dependencies }, isOther) => {
        this.#index.remove(value)
        this.#index.add(value, dependencies)
        // Nobody would say when it is another.
        if (!this.#allWatched(dependencies.map(({ table }) => table))) value.doubt()
        if (isOther) for (const entry of this.#usersOf(value)) this.#drop(entry)
      },
    )
    this.#shared.set(name, value)
    return value
  }

  #usersOf(value: SharedValue): Set<Entry> {
    const known = this.#users.get(value) ?? new Set()
    this.#users.set(value, known)
    return known
  }

  #doubt(value: SharedValue): void {
    value.doubt()
    const isLookedAt = [...this.#usersOf(value)].some(({ key }) => this.#held.has(key))
    if (isLookedAt) void value.get(this.#clock).catch(() => undefined)
  }

  #drop(entry: Entry): void {
    if (this.#shelf.get(entry.key) === entry) this.#shelf.remove(entry.key)
    this.#forget(entry)
    this.#counters.invalidations += 1
    this.#tellStale(entry.key)
  }

  #forget(entry: Entry): void {
    this.#index.remove(entry)
    for (const value of entry.values) this.#users.get(value)?.delete(entry)
    this.#wakes.cancel(entry.key)
  }

  #tellStale(key: string): void {
    for (const listener of this.#staleListeners) listener(key)
  }

  /** Whoever looks at a page is told when it changes by the clock; of the others it shows when they are asked for. */
  #watchClock(entry: Entry | undefined): void {
    if (!entry || !this.#held.has(entry.key)) return
    const moments = [entry.until, ...entry.values.map(({ until }) => until)]
    this.#wakes.set(entry.key, Math.min(...moments))
  }

  #wake(key: string): void {
    const entry = this.#shelf.get(key)
    if (!entry) return
    if (this.#clock().getTime() >= entry.until) return this.#drop(entry)
    const doubtful = entry.values.filter((value) => !value.isSure(this.#clock))
    void Promise.allSettled(doubtful.map((value) => value.get(this.#clock))).then(() =>
      this.#watchClock(this.#shelf.get(key)),
    )
  }
}
