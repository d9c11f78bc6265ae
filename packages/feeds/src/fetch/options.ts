export interface FetchOptions {
  /** Reach loopback, private and other special addresses too. */
  readonly allowPrivate?: boolean
  /** The most that is taken in, counted after decompression: 50 MB. */
  readonly maxBytes?: number
  /** The most the whole may take: two minutes. */
  readonly timeoutMs?: number
  /** The most that opening a connection may take: ten seconds. */
  readonly connectMs?: number
  /** The longest silence: twenty seconds. */
  readonly idleMs?: number
  /** From the last time, to be told when nothing has changed since. */
  readonly etag?: string | null
  readonly lastModified?: string | null
  readonly signal?: AbortSignal
}

export const DEFAULT_FETCH_LIMITS = {
  maxBytes: 50_000_000,
  timeoutMs: 120_000,
  connectMs: 10_000,
  idleMs: 20_000,
}

/** What a server said of a document, before its body. */
export interface DocumentHead {
  /** Where it was found, after redirects. */
  readonly url: string
  /** Where it has moved to for good (301, 308), or null. What follows a temporary redirect does not count. */
  readonly permanentUrl: string | null
  /** Lower case, without parameters. */
  readonly contentType: string | null
  readonly charset: string | null
  readonly etag: string | null
  readonly lastModified: string | null
}
