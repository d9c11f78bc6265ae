/** When a page was first seen with the bytes that it has. */
export interface Seen {
  readonly etag: string
  readonly lastModified: Date
}

const MOST = 10_000

/** Remembers of pages that are kept no longer since when they are as they are: of so many. */
export class LastSeen {
  readonly #byKey = new Map<string, Seen>()

  note(key: string, etag: string, now: Date): Date {
    const before = this.#byKey.get(key)
    const lastModified = before?.etag === etag ? before.lastModified : after(before, now)
    this.#byKey.delete(key)
    this.#byKey.set(key, { etag, lastModified })
    const [oldest] = this.#byKey.keys()
    if (this.#byKey.size > MOST && oldest !== undefined) this.#byKey.delete(oldest)
    return lastModified
  }
}

/** A date in a header counts seconds: what changes twice in one would not have changed for who asks by it. */
function after(before: Seen | undefined, now: Date): Date {
  if (!before || secondOf(before.lastModified) < secondOf(now)) return now
  return new Date((secondOf(before.lastModified) + 1) * 1000)
}

function secondOf(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}
