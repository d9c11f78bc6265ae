import { type IncomingMessage } from 'node:http'
import { FetchError } from '../errors.ts'
import { ACCEPTED_COMPRESSIONS, decompress } from './decompress.ts'
import { Deadline } from './deadline.ts'
import { follow, type Found } from './follow.ts'
import { DEFAULT_FETCH_LIMITS, type DocumentHead, type FetchOptions } from './options.ts'
import { isPublicAddress } from './public-address.ts'
import { explain, shown } from './request.ts'

interface OpenDocument extends DocumentHead {
  /** To be read or left early, once; then the connection closes. Null when the document is unchanged. */
  readonly body: AsyncGenerator<Uint8Array, void, undefined> | null
}

const USER_AGENT = 'Showrunner/0.1 (podcast publishing; fetches a feed when its owner imports it)'

/**
 * Requests a document and gives its body as it arrives.
 *
 * @throws {FetchError} here or while the body is read.
 */
export async function openDocument(
  address: string,
  accept: string,
  options: FetchOptions,
): Promise<OpenDocument> {
  const start = parseAddress(address)
  const limits = { ...DEFAULT_FETCH_LIMITS, ...options }
  const deadline = new Deadline(start, limits.timeoutMs, options.signal)
  try {
    const found = await follow(start, {
      headers: requestHeaders(accept, options),
      mayReach: options.allowPrivate === true ? () => true : isPublicAddress,
      connectMs: limits.connectMs,
      idleMs: limits.idleMs,
      stop: deadline.stop,
    })
    return opened(found, limits.maxBytes, deadline)
  } catch (error) {
    throw deadline.end(error)
  }
}

function opened(found: Found, maxBytes: number, deadline: Deadline): OpenDocument {
  const { response, url, permanentUrl } = found
  const head = { url: shown(url), permanentUrl, ...described(response) }
  if (response.statusCode === 304) {
    response.destroy()
    deadline.end()
    return { ...head, body: null }
  }
  try {
    checkStatus(response, url)
    checkAnnouncedLength(response, url, maxBytes)
    return { ...head, body: readBody(found, maxBytes, deadline) }
  } catch (error) {
    response.destroy()
    throw error
  }
}

async function* readBody(
  { response, url }: Found,
  maxBytes: number,
  deadline: Deadline,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    const encoding = response.headers['content-encoding'] ?? ''
    const plain = decompress(limited(response, maxBytes, url), encoding)
    if (plain === null) throw unknownCompression(url, encoding)
    yield* limited(plain, maxBytes, url)
  } catch (error) {
    throw deadline.end(brokenOff(error, url))
  } finally {
    response.destroy()
    deadline.end()
  }
}

async function* limited(
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
  url: URL,
): AsyncGenerator<Uint8Array, void, undefined> {
  let bytes = 0
  for await (const chunk of source) {
    bytes += chunk.length
    if (bytes > maxBytes) throw tooLarge(url, maxBytes)
    yield chunk
  }
}

export function parseAddress(address: string): URL {
  const url = URL.parse(address.trim())
  const isWeb = url !== null && /^https?:$/.test(url.protocol)
  if (isWeb) {
    url.hash = ''
    return url
  }
  const hint = url === null ? '; an address begins with https://' : ''
  throw new FetchError(
    'bad-address',
    JSON.stringify(address.slice(0, 200)),
    `this is no http or https address${hint}`,
  )
}

function requestHeaders(accept: string, options: FetchOptions): Record<string, string> {
  return {
    accept,
    'accept-encoding': ACCEPTED_COMPRESSIONS,
    'user-agent': USER_AGENT,
    ...(options.etag != null && { 'if-none-match': options.etag }),
    ...(options.lastModified != null && { 'if-modified-since': options.lastModified }),
  }
}

function described({ headers }: IncomingMessage): Omit<DocumentHead, 'url' | 'permanentUrl'> {
  const [type = '', ...parameters] = (headers['content-type'] ?? '').split(';')
  const charset = /^\s*charset\s*=\s*"?([\w.:-]+)/i.exec(
    parameters.find((parameter) => /^\s*charset/i.test(parameter)) ?? '',
  )
  return {
    contentType: type.trim().toLowerCase() || null,
    charset: charset?.[1] ?? null,
    etag: headers.etag ?? null,
    lastModified: headers['last-modified'] ?? null,
  }
}

const STATUS_WORDS: Readonly<Record<number, string>> = {
  401: 'it asks for a name and a password',
  403: 'it may not be read',
  404: 'there is nothing at this address',
  410: 'it is gone for good',
  429: 'the server gets too many requests; try again later',
  503: 'the server is not available at the moment; try again later',
}

function checkStatus({ statusCode = 0, statusMessage }: IncomingMessage, url: URL): void {
  if (statusCode >= 200 && statusCode < 300) return
  const words = STATUS_WORDS[statusCode]
  const answered = `the server answered ${statusCode} ${statusMessage ?? ''}`.trim()
  const message = words === undefined ? answered : `${answered}: ${words}`
  throw new FetchError('http-status', shown(url), message, { status: statusCode })
}

function checkAnnouncedLength({ headers }: IncomingMessage, url: URL, maxBytes: number): void {
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(url, maxBytes)
}

function tooLarge(url: URL, maxBytes: number): FetchError {
  const megabytes = (maxBytes / 1_000_000).toLocaleString('en')
  return new FetchError(
    'too-large',
    shown(url),
    `it is larger than ${megabytes} MB, the most that is taken in`,
  )
}

function unknownCompression(url: URL, encoding: string): FetchError {
  return new FetchError(
    'unknown-compression',
    shown(url),
    `it is compressed in a way that was not asked for (${JSON.stringify(encoding.slice(0, 40))})`,
  )
}

/** A body that ends before its time, as node's HTTP and zlib report it. */
function brokenOff(error: unknown, url: URL): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ECONNRESET' || code === 'Z_BUF_ERROR') {
    return new FetchError(
      'broken-off',
      shown(url),
      'the answer broke off before its end; try again',
      { cause: error },
    )
  }
  if (code.startsWith('Z_') || code.startsWith('ERR_')) {
    return new FetchError(
      'broken-off',
      shown(url),
      'what the server compressed cannot be decompressed',
      { cause: error },
    )
  }
  return explain(error, url)
}
