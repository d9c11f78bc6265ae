import { type Repo } from '@showrunner/data'
import { countFeedAgents, type FeedFetch } from './count-feed-agents.ts'
import { countPieces } from './count-pieces.ts'
import { type BytesBefore } from './minute.ts'
import { bytesOf, type SentPiece } from './sent-piece.ts'

/** More than that at once is nobody's listeners: what is beyond is not counted, and nothing grows. */
const MOST_WAITING = 20_000
const LONGEST_AGENT = 500
/** Written at once: each takes eight values of the 65,535 that a statement may have. */
const MOST_AT_ONCE = 2000

export interface CounterOptions {
  readonly repo: Repo
  readonly clock: () => Date
  readonly before: BytesBefore
  /** Told when something could not be counted: nobody who listens hears of it. */
  readonly failed: (error: unknown) => void
  readonly everyMs?: number
}

/** Notes in memory what was sent, and writes it down once a second, all together. */
export interface Counter {
  sent(piece: Omit<SentPiece, 'at'>): void
  fetched(slug: string, userAgent: string): void
  /** Writes down what is noted. */
  flush(): Promise<void>
  /** Writes down the last, and notes nothing more. */
  close(): Promise<void>
}

export function createCounter({
  repo,
  clock,
  before,
  failed,
  everyMs = 1000,
}: CounterOptions): Counter {
  const notes = createNotes(clock)
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()
  let isClosed = false

  function soon(): void {
    if (timer) return
    timer = setTimeout(() => void flush(), everyMs)
    timer.unref()
  }

  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const { pieces, fetches } = notes.take()
    // One after the other: a slow database gets longer batches, not more of them.
    writing = writing.then(() => write(pieces, fetches)).catch(failed)
    return writing
  }

  async function write(pieces: readonly SentPiece[], fetches: readonly FeedFetch[]): Promise<void> {
    for (const part of batches(pieces)) await countPieces(repo, part, before)
    for (const part of batches(fetches)) await countFeedAgents(repo, part)
  }

  return {
    sent(piece) {
      if (isClosed) return
      notes.sent(piece)
      soon()
    },
    fetched(slug, userAgent) {
      if (isClosed) return
      notes.fetched(slug, userAgent)
      soon()
    },
    flush,
    async close() {
      isClosed = true
      await flush()
    },
  }
}

/** What is not written down yet: the same of the same is one. */
function createNotes(clock: () => Date) {
  let pieces = new Map<string, SentPiece>()
  let fetches = new Map<string, FeedFetch>()

  return {
    sent(piece: Omit<SentPiece, 'at'>): void {
      const userAgent = piece.userAgent.slice(0, LONGEST_AGENT)
      const { address, ip, way } = piece
      const key = [address, ip, way, typeof piece.sent, userAgent].join('\n')
      const noted = pieces.get(key)
      if (!noted && pieces.size >= MOST_WAITING) return
      pieces.set(key, { ...piece, userAgent, at: clock(), sent: together(noted, piece) })
    },
    fetched(slug: string, given: string): void {
      const userAgent = given.slice(0, LONGEST_AGENT)
      const key = `${slug}\n${userAgent}`
      const noted = fetches.get(key)
      if (!noted && fetches.size >= MOST_WAITING) return
      fetches.set(key, { slug, userAgent, at: clock(), times: (noted?.times ?? 0) + 1 })
    },
    take() {
      const taken = { pieces: [...pieces.values()], fetches: [...fetches.values()] }
      pieces = new Map()
      fetches = new Map()
      return taken
    },
  }
}

/** What was asked for is kept as the longest of it: who asks again for the same gets it from elsewhere, or has it. */
function together(
  noted: SentPiece | undefined,
  { sent }: Omit<SentPiece, 'at'>,
): SentPiece['sent'] {
  if (!noted) return sent
  if (typeof noted.sent === 'number' && typeof sent === 'number') return noted.sent + sent
  const known = { ...noted, sent }
  return bytesOf(known, Infinity) > bytesOf(noted, Infinity) ? sent : noted.sent
}

function batches<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / MOST_AT_ONCE) }, (_, at) =>
    all.slice(at * MOST_AT_ONCE, (at + 1) * MOST_AT_ONCE),
  )
}
