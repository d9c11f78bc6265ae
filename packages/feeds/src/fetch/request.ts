import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import { FetchError } from '../errors.ts'
import { type AddressCheck, guardedLookup } from './public-address.ts'

export interface RequestOptions {
  readonly headers: Readonly<Record<string, string>>
  readonly mayReach: AddressCheck
  readonly connectMs: number
  readonly idleMs: number
  /** Aborted with the error to report. */
  readonly stop: AbortController
}

/** Sends one GET request, without following redirects. */
export function get(url: URL, options: RequestOptions): Promise<IncomingMessage> {
  return send(url, options)
}

/** Sends one request, a POST where there is a body, without following redirects. */
export function send(
  url: URL,
  options: RequestOptions,
  body?: Uint8Array,
): Promise<IncomingMessage> {
  const { stop } = options
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && !options.mayReach(host)) throw privateAddress(url)

  return new Promise((resolve, reject) => {
    const open = url.protocol === 'https:' ? requestHttps : requestHttp
    const request = open(url, {
      agent: false,
      method: body === undefined ? 'GET' : 'POST',
      headers: options.headers,
      lookup: guardedLookup(options.mayReach, () => privateAddress(url)),
      signal: stop.signal,
    })
    const seconds = (ms: number) => `${ms / 1000} seconds`
    const connecting = setTimeout(() => {
      stop.abort(timedOut(url, `no connection within ${seconds(options.connectMs)}`))
    }, options.connectMs)
    request.on('socket', (socket) => {
      const connected = url.protocol === 'https:' ? 'secureConnect' : 'connect'
      socket.once(connected, () => clearTimeout(connecting))
    })
    request.setTimeout(options.idleMs, () => {
      stop.abort(timedOut(url, `the server sent nothing for ${seconds(options.idleMs)}`))
    })
    request.on('close', () => clearTimeout(connecting))
    request.on('error', reject)
    request.on('response', resolve)
    request.end(body)
  })
}

/** An address as it may be shown and logged: without the password in it. */
export function shown(url: URL): string {
  const copy = new URL(url)
  copy.username = ''
  copy.password = ''
  copy.hash = ''
  return copy.href
}

export function timedOut(url: URL, what: string): FetchError {
  return new FetchError('timed-out', shown(url), `${what}; try again later`)
}

function privateAddress(url: URL): FetchError {
  return new FetchError(
    'private-address',
    shown(url),
    `${url.hostname} is not an address of the public internet, and private ones are only fetched when allowed`,
  )
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no host of this name; check the spelling',
  EAI_AGAIN: 'the name cannot be looked up at the moment; is the network up?',
  ECONNREFUSED: 'the server refuses connections',
  ECONNRESET: 'the server broke the connection off',
  EHOSTUNREACH: 'the server cannot be reached',
  ENETUNREACH: 'the network of the server cannot be reached',
  ETIMEDOUT: 'the server does not answer',
  CERT_HAS_EXPIRED: "the server's certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the server's certificate is self-signed, so it proves nothing",
  ERR_TLS_CERT_ALTNAME_INVALID: "the server's certificate is for another name",
}

/** What a failure of node's network code means to the person who gave the address. */
export function explain(error: unknown, url: URL): Error {
  if (error instanceof FetchError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const detail = error instanceof Error ? error.message : String(error)
  return new FetchError(
    'unreachable',
    shown(url),
    REASONS[code] ?? `the request failed: ${detail}`,
    {
      cause: error,
    },
  )
}
