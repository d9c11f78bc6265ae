import { type IncomingMessage } from 'node:http'
import { Deadline } from './deadline.ts'
import { parseAddress } from './open-document.ts'
import { isPublicAddress } from './public-address.ts'
import { explain, send } from './request.ts'

export interface PostOptions {
  readonly headers?: Readonly<Record<string, string>>
  /** Reach loopback, private and other special addresses too. */
  readonly allowPrivate?: boolean
  /** The most of the answer that is read: 64 kB. */
  readonly maxBytes?: number
  /** The most the whole may take: 15 seconds. */
  readonly timeoutMs?: number
}

export interface Posted {
  readonly status: number
  /** The beginning of what was answered. */
  readonly answer: Uint8Array
}

/**
 * Posts a document to an address. Whatever is answered is an answer, a redirect too, which is not followed. Only public
 * addresses are reached, unless `allowPrivate` says otherwise.
 *
 * @throws {FetchError} when nothing was answered.
 */
export function postDocument(
  address: string,
  body: Uint8Array,
  { headers = {}, ...options }: PostOptions = {},
): Promise<Posted> {
  return exchange(address, body, {
    ...options,
    headers: { ...headers, 'content-length': String(body.length) },
  })
}

/** Asks an address for something that is done by asking, in the same way. @throws {FetchError} when nothing was answered. */
export function askAddress(address: string, options: PostOptions = {}): Promise<Posted> {
  return exchange(address, undefined, options)
}

async function exchange(
  address: string,
  body: Uint8Array | undefined,
  { headers = {}, allowPrivate = false, maxBytes = 65_536, timeoutMs = 15_000 }: PostOptions,
): Promise<Posted> {
  const url = parseAddress(address)
  const deadline = new Deadline(url, timeoutMs, undefined)
  const options = {
    headers,
    mayReach: allowPrivate ? () => true : isPublicAddress,
    connectMs: timeoutMs,
    idleMs: timeoutMs,
    stop: deadline.stop,
  }
  try {
    const response = await send(url, options, body)
    const posted = {
      status: response.statusCode ?? 0,
      answer: await beginning(response, maxBytes),
    }
    deadline.end()
    return posted
  } catch (error) {
    throw explain(deadline.end(error), url)
  }
}

/** So many bytes of a body; then the connection closes. */
async function beginning(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes >= maxBytes) break
  }
  return Buffer.concat(chunks).subarray(0, maxBytes)
}
