import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

export type Encoding = 'br' | 'gzip'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** Beyond this brotli is for files compressed once. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }

/** A page as it is sent. */
export class Kept {
  readonly key: string
  readonly body: Buffer
  /** Strong, of the bytes as they are; each encoding has one of its own. */
  readonly etag: string
  /** When these bytes were first seen here, since nothing else says when a page last changed in any part. */
  readonly lastModified: Date
  /** When it changes by itself, as far as is known. */
  readonly until: Date | undefined
  /** What whoever sends it has worked out for it once. */
  prepared: unknown
  readonly #encoded = new Map<Encoding, Buffer | Promise<Buffer>>()
  readonly #grown: (bytes: number) => void

  constructor(
    page: Pick<Kept, 'key' | 'body' | 'etag' | 'lastModified' | 'until'>,
    grown: (bytes: number) => void,
  ) {
    this.key = page.key
    this.body = page.body
    this.etag = page.etag
    this.lastModified = page.lastModified
    this.until = page.until
    this.#grown = grown
  }

  /** The body compressed, made when it is first asked for. */
  encoded(encoding: Encoding): Buffer | Promise<Buffer> {
    const known = this.#encoded.get(encoding)
    if (known) return known
    const made = compressed(this.body, encoding).then((body) => {
      this.#encoded.set(encoding, body)
      this.#grown(body.length)
      return body
    })
    this.#encoded.set(encoding, made)
    return made
  }
}

/** A body as small as its reader can take it, made on a thread of its own. */
export function compressed(body: Buffer, encoding: Encoding): Promise<Buffer> {
  return encoding === 'br' ? brotli(body, BROTLI) : zip(body, { level: 6 })
}

/** The same bytes have the same one. */
export function etagOf(body: Buffer): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
}
