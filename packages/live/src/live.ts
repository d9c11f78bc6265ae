import { type Repo } from '@showrunner/data'
import { type Change } from './change.ts'
import { ChangesListener } from './changes-listener.ts'
import { PageCache, type PageCacheOptions } from './page-cache.ts'

export interface LiveOptions extends Omit<PageCacheOptions, 'unheard'> {
  readonly repo: Repo
  /** Has to lead to PostgreSQL itself, and not to a pooler in transaction mode. */
  readonly databaseUrl: string
}

/** Pages that are kept until what they were made from changes. */
export interface Live {
  readonly pages: PageCache
  /** Settles once everything committed before the call has been heard: who writes, and is led to a page, finds it written there. */
  caughtUp(): Promise<void>
  /** Tells of each change as it is heard; `anything` when it listens again, as nobody knows what was missed. */
  onChange(listener: (change: Change | 'anything') => void): () => void
  close(): Promise<void>
}

/** Listens to the database on a connection of its own. */
export async function startLive(options: LiveOptions): Promise<Live> {
  const { databaseUrl, log = () => undefined } = options
  const pages = new PageCache(options)
  const listeners = new Set<(change: Change | 'anything') => void>()
  const tell = (change: Change | 'anything') => {
    for (const one of listeners) one(change)
  }
  const listener = new ChangesListener({
    databaseUrl,
    log,
    changed: (change) => {
      pages.changed(change)
      tell(change)
    },
    listening: (watched) => {
      pages.listening(watched)
      tell('anything')
    },
    lost: () => pages.lost(),
  })
  await listener.connect()
  return {
    pages,
    caughtUp: () => listener.caughtUp(),
    onChange(one) {
      listeners.add(one)
      return () => listeners.delete(one)
    },
    async close() {
      pages.close()
      listeners.clear()
      await listener.close()
    },
  }
}
