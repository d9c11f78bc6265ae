import { setTimeout as wait } from 'node:timers/promises'
import { NotFoundError } from '@showrunner/data'
import { type PageCache } from '@showrunner/live'
import { type PageAt } from '../page.ts'
import { versionIn } from '../page-version.ts'
import { changeOf, REFRESH, type PageMessage, type Version } from './page-changes.ts'
import { type PastVersions } from './past-versions.ts'

/** Changes that come together are told together: the first at once, the others after so long. */
const GATHERED_MS = 300
/** After a page could not be made, and again and again. */
const LONGEST_RETRY_MS = 10_000
/** Of these who was away is told what changed since. */
const VERSIONS = 4

export interface OpenPageParts {
  readonly pages: PageCache
  readonly past: PastVersions
  readonly tell: (key: string, message: PageMessage) => void
  readonly failed: (error: unknown) => void
}

/** A page that somebody has open here: made once whenever it may have changed, and told to all who have it. */
export class OpenPage {
  viewers = 0
  readonly #page: PageAt
  readonly #parts: OpenPageParts
  /** The last one is as it is now. */
  #versions: Version[]
  #isGone = false
  /** From older versions to the present one, for who was away. */
  readonly #ways = new Map<string, PageMessage>()
  #isKeepingUp = false
  #making: Promise<void> | undefined
  #isStale = false
  #retryMs = GATHERED_MS
  readonly #closing = new AbortController()
  readonly #release: () => void

  constructor(page: PageAt, parts: OpenPageParts, before: Version | undefined) {
    this.#page = page
    this.#parts = parts
    this.#versions = before ? [before] : []
    this.#release = parts.pages.hold(page.key)
    this.stale()
  }

  get key(): string {
    return this.#page.key
  }

  get isGone(): boolean {
    return this.#isGone
  }

  /** As it was last seen. */
  get last(): Version | undefined {
    return this.#versions.at(-1)
  }

  /** It may be another by now. */
  stale(): void {
    this.#isStale = true
    if (!this.#isKeepingUp) void this.#keepUp()
  }

  /** Done when it is known how it is. */
  async known(): Promise<void> {
    await this.#making
  }

  knows(version: string): boolean {
    return this.#versions.some((one) => one.version === version)
  }

  /** What a browser with this version has missed, if it has. */
  since(version: string): PageMessage | undefined {
    const now = this.last
    if (!now || this.#isGone) return REFRESH
    if (version === now.version) return undefined
    const known = this.#ways.get(version)
    if (known) return known
    const before = this.#versions.find((one) => one.version === version)
    if (!before) return REFRESH
    const way = changeOf(before, now)
    this.#ways.set(version, way)
    return way
  }

  close(): void {
    this.#closing.abort()
    this.#release()
    for (const version of this.#versions) this.#parts.past.remove(version)
  }

  async #keepUp(): Promise<void> {
    const { signal } = this.#closing
    this.#isKeepingUp = true
    while (this.#isStale && !signal.aborted) {
      this.#isStale = false
      this.#making = this.#makeAnew()
      await this.#making
      await wait(this.#retryMs, undefined, { signal, ref: false }).catch(() => undefined)
    }
    this.#isKeepingUp = false
  }

  async #makeAnew(): Promise<void> {
    const { pages, failed } = this.#parts
    try {
      const { body } = await pages.get(this.#page.key, this.#page.make)
      this.#is({ version: versionIn(body.toString('latin1')) ?? '', html: body })
    } catch (error) {
      if (error instanceof NotFoundError) return this.#isNot()
      failed(error)
      this.#isStale = true
      this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS)
      return
    }
    this.#retryMs = GATHERED_MS
  }

  #is(now: Version): void {
    const before = this.last
    const wasGone = this.#isGone
    this.#isGone = false
    if (now.version !== before?.version) {
      this.#ways.clear()
      this.#follow(now, before)
    }
    if (wasGone) this.#tell(REFRESH)
    else if (before && now.version !== before.version) this.#tell(this.since(before.version))
  }

  #follow(now: Version, before: Version | undefined): void {
    const { past } = this.#parts
    const known = this.#versions
    this.#versions = [...known.filter((one) => one.version !== now.version), now].slice(-VERSIONS)
    for (const one of known) if (!this.#versions.includes(one)) past.remove(one)
    if (!before) return
    past.add(before, (one) => {
      this.#versions = this.#versions.filter((other) => other !== one)
    })
  }

  #isNot(): void {
    this.#retryMs = GATHERED_MS
    if (this.#isGone) return
    this.#isGone = true
    this.#tell(REFRESH)
  }

  #tell(message: PageMessage | undefined): void {
    if (message && !this.#closing.signal.aborted) this.#parts.tell(this.key, message)
  }
}
