import { type IncomingMessage } from 'node:http'
import { parse } from 'qs'
import { type ConnectRequest } from './connect.ts'
import { isOwnPage, type Asked } from './origin.ts'

const TRACING = new Set(['traceparent', 'tracestate'])

/** Which scheme and host a request asked for. A proxy in front is believed only in the scheme, which opens nothing. */
export function askedOf(raw: IncomingMessage): Asked {
  const { headers, socket } = raw
  const forwarded = headers['x-forwarded-proto']
  const isSecure = 'encrypted' in socket || /^https\b/i.test(String(forwarded))
  return { protocol: isSecure ? 'https:' : 'http:', host: headers.host ?? 'localhost' }
}

/** Undefined when the `Host` header is none. */
export function addressOf(raw: IncomingMessage): URL | undefined {
  const { protocol, host } = askedOf(raw)
  const { url = '/' } = raw
  if (!url.startsWith('/')) return undefined
  return URL.parse(`${protocol}//${host}${url}`) ?? undefined
}

/** What `connect` is asked with. Cookies come along only from pages of the site itself. */
export function connectRequest(
  raw: IncomingMessage,
  url: URL,
  pathParams: Readonly<Record<string, string>>,
  authToken: string | undefined,
): ConnectRequest {
  const { headers, socket } = raw
  return {
    params: { ...paramsOf(url.search), ...pathParams },
    authToken,
    cookie: isOwnPage(headers, askedOf(raw)) ? headers.cookie : undefined,
    // Only when asked: a socket remembers for as long as it lives that it was.
    get peer() {
      return { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 }
    },
    url,
    userAgent: headers['user-agent'],
    headers: Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) =>
        typeof value === 'string' && (name.startsWith('x-') || TRACING.has(name))
          ? [[name, value]]
          : [],
      ),
    ),
  }
}

/** `a=1&n[b]=2`, as the client of Phoenix writes its params. */
function paramsOf(search: string): Record<string, unknown> {
  return parse(search, {
    ignoreQueryPrefix: true,
    parameterLimit: 200,
    depth: 10,
    arrayLimit: 100,
    plainObjects: true,
    duplicates: 'last',
  })
}
