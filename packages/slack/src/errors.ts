/** Slack did not do what it was asked. Holds no token and nothing that was sent. */
export class SlackError extends Error {
  override readonly name = 'SlackError'
  readonly method: string
  /** Slack's own word, such as `invalid_auth`; or `timeout`, `unreachable`, `lost`, `ratelimited`, `http_500`, `unreadable`. */
  readonly code: string
  /** How long Slack wants to be left alone. */
  readonly retryAfterMs: number | undefined
  /** The scope that the token lacks. */
  readonly needed: string | undefined

  constructor(
    method: string,
    code: string,
    { retryAfterMs, needed, cause }: SlackErrorDetails = {},
  ) {
    super(`Slack ${SAID[code] ?? `answered ${code}`} to ${method}${lacking(needed)}.`, { cause })
    this.method = method
    this.code = code
    this.retryAfterMs = retryAfterMs
    this.needed = needed
  }

  /** Whether it may be done all the same: Slack was asked, and nobody heard an answer, or one that leaves it open. */
  get mayBeDone(): boolean {
    return OPEN.has(this.code) || this.code.startsWith('http_5')
  }

  /** Whether asking again later may help without anybody doing anything. */
  get passes(): boolean {
    return PASSING.has(this.code) || this.code.startsWith('http_5')
  }
}

interface SlackErrorDetails {
  readonly retryAfterMs?: number
  readonly needed?: string | undefined
  readonly cause?: unknown
}

// Slack says of its two errors that some of what was asked may have been done.
const OPEN = new Set(['timeout', 'lost', 'unreadable', 'internal_error', 'fatal_error'])

const PASSING = new Set([
  'timeout',
  'unreachable',
  'lost',
  'ratelimited',
  'unreadable',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
])

const SAID: Readonly<Record<string, string>> = {
  timeout: 'gave no answer in time',
  unreachable: 'could not be reached when asked',
  lost: 'was asked, but the connection broke before it answered',
  ratelimited: 'wants to be asked less often, and said so',
  unreadable: 'answered something that nobody understands',
}

function lacking(needed: string | undefined): string {
  return needed ? `: the token lacks the scope ${needed}` : ''
}
