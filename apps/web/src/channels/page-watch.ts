import { type PageCache } from '@showrunner/live'
import { type Log, type PubSub } from '@showrunner/pubsub'
import { type PageAt } from '../page.ts'
import { type Version } from './page-changes.ts'
import { pageTopic } from './page-channel.ts'
import { OpenPage, type OpenPageParts } from './page-open.ts'
import { PastVersions } from './past-versions.ts'

/** Who opens more different pages than this at one node reads them as they are. */
const MOST = 10_000
/** Of so many pages that were closed it is remembered how they were, for those whose network is away for a moment. */
const MOST_CLOSED = 200

export interface PageWatchOptions {
  readonly pages: PageCache
  readonly pubsub: PubSub
  readonly log: Log
}

/** The pages that are open in some browser of this node. The others cost nothing here. */
export class PageWatch {
  readonly #open = new Map<string, OpenPage>()
  readonly #closed = new Map<string, Version>()
  readonly #parts: OpenPageParts
  readonly #stop: () => void

  constructor({ pages, pubsub, log }: PageWatchOptions) {
    this.#parts = {
      pages,
      past: new PastVersions(),
      // Every node makes it by itself, and tells its own.
      tell: (key, { event, payload }) => pubsub.localBroadcast(pageTopic(key), { event, payload }),
      failed: (error) => log('warning', `An open page could not be made: ${String(error)}`),
    }
    this.#stop = pages.onStale((key) => this.#open.get(key)?.stale())
  }

  get size(): number {
    return this.#open.size
  }

  /** One more looks at it, or hears why not. */
  async enter(page: PageAt): Promise<OpenPage | 'gone' | 'not now'> {
    const open = this.#open.get(page.key) ?? this.#openAnew(page)
    if (!open) return 'not now'
    open.viewers += 1
    await open.known()
    if (open.last && !open.isGone) return open
    this.leave(open)
    return open.isGone ? 'gone' : 'not now'
  }

  leave(open: OpenPage): void {
    open.viewers -= 1
    if (open.viewers > 0) return
    open.close()
    this.#open.delete(open.key)
    if (open.last) this.#remember(open.key, open.last)
  }

  close(): void {
    this.#stop()
    for (const open of this.#open.values()) open.close()
    this.#open.clear()
  }

  #openAnew(page: PageAt): OpenPage | undefined {
    if (this.#open.size >= MOST) return undefined
    const open = new OpenPage(page, this.#parts, this.#closed.get(page.key))
    this.#open.set(page.key, open)
    return open
  }

  #remember(key: string, version: Version): void {
    this.#closed.delete(key)
    this.#closed.set(key, version)
    const [oldest] = this.#closed.keys()
    if (this.#closed.size > MOST_CLOSED && oldest !== undefined) this.#closed.delete(oldest)
  }
}
