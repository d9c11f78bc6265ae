import { FetchError } from '@showrunner/feeds'

const [SECOND, MINUTE] = [1000, 60_000]

/** How long is waited before each further try. */
const WAITS = [30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, 60 * MINUTE, 120 * MINUTE]

export const MOST_TRIES = WAITS.length + 1

export function waitAfter(tries: number): number {
  return WAITS[Math.min(tries, WAITS.length) - 1] ?? 30 * SECOND
}

const PASSING = ['timed-out', 'broken-off', 'unreachable']
const PASSING_STATUSES = [408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524]

/** Whether the same may well be had later. */
export function mayPass(error: unknown): error is FetchError {
  if (!(error instanceof FetchError)) return false
  return error.status === null
    ? PASSING.includes(error.code)
    : PASSING_STATUSES.includes(error.status)
}

/** Whether it is about the whole host, so that its other files would fare no better now. */
export function isOfHost({ code, status }: FetchError): boolean {
  return code === 'unreachable' || code === 'timed-out' || status === 429 || status === 503
}

/** What went wrong, without the address, which stands beside it. */
export function said({ address, message }: FetchError): string {
  const words = message.replace(`${address}: `, '')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}
