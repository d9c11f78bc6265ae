const FEED_ERRORS = [
  'empty',
  'not-a-feed',
  'not-well-formed',
  'wrong-encoding',
  'forbidden-markup',
  'too-large',
  'unreadable',
  'untimed',
] as const

const FETCH_ERRORS = [
  'bad-address',
  'private-address',
  'redirect-loop',
  'too-many-redirects',
  'timed-out',
  'http-status',
  'broken-off',
  'unreachable',
  'too-large',
  'unknown-compression',
] as const

export type FeedErrorCode = (typeof FEED_ERRORS)[number]
export type FetchErrorCode = (typeof FETCH_ERRORS)[number]

/** A place in a document: lines count from 1, columns from 1. */
interface Place {
  readonly line: number
  readonly column: number
}

/** A document that cannot be read (or text that cannot be written): the message says what, where and what to do. */
export class FeedError extends Error {
  override readonly name: string = 'FeedError'
  readonly code: FeedErrorCode | FetchErrorCode
  readonly place: Place | null

  constructor(code: FeedErrorCode | FetchErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.place = details.place ?? null
  }

  /** The same error, its message naming the document it is about. */
  in(document: string): FeedError {
    const place = this.place === null ? {} : { place: this.place }
    return new FeedError(this.code, `${document}: ${this.message}`, { cause: this, ...place })
  }
}

/** An address that cannot be fetched. `status` is the HTTP status, where one was answered. */
export class FetchError extends FeedError {
  override readonly name: string = 'FetchError'
  readonly address: string
  readonly status: number | null

  constructor(
    code: FetchErrorCode,
    address: string,
    message: string,
    details: ErrorDetails & { status?: number } = {},
  ) {
    super(code, `${address}: ${message}`, details)
    this.address = address
    this.status = details.status ?? null
  }
}

interface ErrorDetails {
  readonly cause?: unknown
  readonly place?: Place
}
