import { type IncomingMessage } from 'node:http'
import { FetchError } from '../errors.ts'
import { explain, get, type RequestOptions, shown } from './request.ts'

export interface Found {
  readonly response: IncomingMessage
  readonly url: URL
  readonly permanentUrl: string | null
}

const MOST_REDIRECTS = 10
const REDIRECTS = new Set([301, 302, 303, 307, 308])
const PERMANENT = new Set([301, 308])

/** Requests an address and those it redirects to, each checked like the first, until one answers for itself. */
export async function follow(start: URL, options: RequestOptions): Promise<Found> {
  const path = [start.href]
  let url = start
  let permanentUrl: string | null = null
  let isPermanent = true

  while (path.length <= MOST_REDIRECTS + 1) {
    const response = await get(url, options).catch((error: unknown) => {
      throw explain(error, url)
    })
    const status = response.statusCode ?? 0
    const location = response.headers.location
    if (!REDIRECTS.has(status) || location === undefined) return { response, url, permanentUrl }

    response.destroy()
    url = target(location, url)
    if (path.includes(url.href)) throw circle(start, [...path, url.href])
    path.push(url.href)
    isPermanent &&= PERMANENT.has(status)
    if (isPermanent) permanentUrl = shown(url)
  }
  throw new FetchError(
    'too-many-redirects',
    shown(start),
    `it redirects more than ${MOST_REDIRECTS} times, last to ${shown(url)}`,
  )
}

function target(location: string, from: URL): URL {
  const url = URL.parse(location, from.href)
  if (url !== null && /^https?:$/.test(url.protocol)) {
    url.hash = ''
    return url
  }
  throw new FetchError(
    'bad-address',
    shown(from),
    `it redirects to ${JSON.stringify(location.slice(0, 200))}, which is no http or https address`,
  )
}

function circle(start: URL, path: readonly string[]): FetchError {
  const steps = path.map((href) => shown(new URL(href))).join(' → ')
  return new FetchError(
    'redirect-loop',
    shown(start),
    `its redirects go round in a circle: ${steps}`,
  )
}
