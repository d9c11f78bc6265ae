import { type IncomingHttpHeaders } from 'node:http'
import { ChannelError } from './errors.ts'

/**
 * Pages of which sites may connect. `true`, the default: of the host that was asked, whatever its scheme and port. `'same'`: of
 * the same scheme, host and port. A list: `https://example.com`, `//example.com:81`, `//*.example.com` (and `example.com` itself);
 * what is left out may be anything. Or a function. A client that is no browser sends no origin, and is not asked.
 */
export type CheckOrigin = boolean | 'same' | readonly string[] | ((origin: string) => boolean)

/** What an origin is compared with. */
export interface Asked {
  readonly protocol: 'http:' | 'https:'
  /** With its port, as in the `Host` header. */
  readonly host: string
}

export type OriginCheck = (origin: string | undefined, asked: Asked) => boolean

/** Throws a `ChannelError` for an entry that is no origin. */
export function originCheck(option: CheckOrigin): OriginCheck {
  if (option === false) return () => true
  if (typeof option === 'function') return (origin) => origin === undefined || option(origin)
  const allows = Array.isArray(option)
    ? listed(option as readonly string[])
    : asAsked(option === 'same')
  return (origin, asked) => {
    if (origin === undefined) return true
    const url = parse(origin)
    return url !== undefined && allows(url, asked)
  }
}

/**
 * Whether a page is of the site itself, by which its cookies may be believed. A browser says of which origin a page is that
 * opens a WebSocket or posts; of one that gets, it says so only when the page is of another, and newer ones in words of their own.
 */
export function isOwnPage(headers: IncomingHttpHeaders, asked: Asked): boolean {
  const { origin, 'sec-fetch-site': site = 'same-origin' } = headers
  if (origin === undefined) return site === 'same-origin' || site === 'none'
  const url = parse(origin)
  return url !== undefined && url.host === parse(`${url.protocol}//${asked.host}`)?.host
}

function asAsked(exactly: boolean) {
  return (origin: URL, asked: Asked): boolean => {
    const url = parse(`${asked.protocol}//${asked.host}`)
    if (!url) return false
    return exactly
      ? origin.protocol === url.protocol && origin.host === url.host
      : origin.hostname === url.hostname
  }
}

function listed(entries: readonly string[]) {
  const all = entries.map(readEntry)
  return (origin: URL): boolean => all.some((allows) => allows(origin))
}

const ENTRY =
  /^(?:(?<protocol>[a-z][a-z0-9+.-]*:))?\/\/(?<any>\*\.)?(?<host>[^/:*?#@]+|\[[^\]]+\])(?::(?<port>\d+))?$/i
const DEFAULT_PORT: Record<string, string> = { 'http:': '80', 'https:': '443' }

function readEntry(entry: string): (origin: URL) => boolean {
  const { protocol, any, host, port } = ENTRY.exec(entry)?.groups ?? {}
  // As browsers write it: small letters, and punycode for others than those of ASCII.
  const name = host && parse(`http://${host}`)?.hostname
  if (!name) {
    throw new ChannelError(
      `expected an origin like "https://example.com", "//example.com:81" or "//*.example.com", got: "${entry}"`,
    )
  }
  const scheme = protocol?.toLowerCase()
  const wanted = port ?? (scheme && DEFAULT_PORT[scheme])
  return (origin) => {
    const hostname = origin.hostname.toLowerCase()
    if (scheme && origin.protocol !== scheme) return false
    if (wanted && (origin.port || DEFAULT_PORT[origin.protocol]) !== wanted) return false
    return hostname === name || (any !== undefined && hostname.endsWith(`.${name}`))
  }
}

/** `null`, `file://` and what is no address are of nobody. No browser names a user. */
function parse(origin: string): URL | undefined {
  const url = URL.parse(origin)
  return url && url.host !== '' && url.username === '' && url.password === '' ? url : undefined
}
