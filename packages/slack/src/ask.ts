import { z } from 'zod'
import { SlackError } from './errors.ts'
import { type SlackApp } from './slack-app.ts'

export const SLACK_API = 'https://slack.com/api'

const PATIENCE_MS = 10_000
const DEFAULT_RETRY_MS = 30_000
const LONGEST_RETRY_MS = 24 * 60 * 60_000

const Refusal = z.object({
  ok: z.literal(false),
  error: z.string().default('unknown_error'),
  needed: z.string().optional(),
})

export interface Answer<T> {
  readonly body: T
  readonly headers: Headers
}

/** Asks one method of the Web API. Fields without a value are left out. @throws SlackError */
export async function ask<T>(
  app: SlackApp,
  method: string,
  fields: Readonly<Record<string, string | undefined>>,
  type: z.ZodType<T>,
): Promise<Answer<T>> {
  const given = Object.entries(fields).filter((entry): entry is [string, string] => {
    return entry[1] !== undefined
  })
  const { status, text, headers } = await send(app, method, `${app.api ?? SLACK_API}/${method}`, {
    method: 'POST',
    // As a form, each value escaped: not every method takes JSON, and an address may hold a "+".
    body: new URLSearchParams(given),
  })
  if (status >= 400) throw new SlackError(method, `http_${status}`)
  const json = jsonOf(text)
  const refusal = Refusal.safeParse(json)
  if (refusal.success) throw refused(method, refusal.data, headers)
  const read = type.safeParse(json)
  if (!read.success || !isOk(json)) throw new SlackError(method, 'unreadable')
  return { body: read.data, headers }
}

/** One request with the token. A 429 is an error; any other status is for whoever asks. @throws SlackError */
export async function send(
  { token, fetch: ask = fetch, patienceMs = PATIENCE_MS }: SlackApp,
  method: string,
  url: string,
  options: Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> },
): Promise<{ status: number; text: string; headers: Headers }> {
  const signal = AbortSignal.timeout(patienceMs)
  try {
    const response = await ask(url, {
      ...options,
      headers: { ...options.headers, authorization: `Bearer ${token}` },
      // A token goes nowhere but where it was meant to go.
      redirect: 'error',
      signal,
    })
    const { status, headers } = response
    if (status === 429) throw new SlackError(method, 'ratelimited', retryAfter(headers))
    return { status, headers, text: await response.text() }
  } catch (error) {
    if (error instanceof SlackError) throw error
    if (signal.aborted) throw new SlackError(method, 'timeout')
    throw new SlackError(method, wasSent(error) ? 'lost' : 'unreachable', { cause: error })
  }
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function refused(
  method: string,
  { error, needed }: z.infer<typeof Refusal>,
  headers: Headers,
): SlackError {
  const isLimit = error === 'ratelimited' || error === 'rate_limited'
  return isLimit
    ? new SlackError(method, 'ratelimited', retryAfter(headers))
    : new SlackError(method, error, { needed })
}

function isOk(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'ok' in json && json.ok === true
}

function retryAfter(headers: Headers): { retryAfterMs: number } {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  const said = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : DEFAULT_RETRY_MS
  return { retryAfterMs: Math.min(said, LONGEST_RETRY_MS) }
}

const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

/** Whether Slack may have heard it before the connection broke. */
function wasSent(error: unknown): boolean {
  const cause: unknown = error instanceof Error ? (error.cause ?? error) : error
  const code: unknown = typeof cause === 'object' && cause ? Reflect.get(cause, 'code') : undefined
  return !(typeof code === 'string' && (NEVER_SENT.has(code) || code === 'UND_ERR_CONNECT_TIMEOUT'))
}
