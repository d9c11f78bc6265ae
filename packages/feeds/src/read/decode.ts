import { isAscii } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { FeedError } from '../errors.ts'

/** How a document's bytes become text: what was found, and what was wrong with what it said of itself. */
interface Decoding {
  readonly encoding: string
  readonly warning: string | null
}

const SNIFFED_BYTES = 1024
const DECLARATION = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']{1,40})["']/

/**
 * Finds the encoding of an XML document from its first bytes: byte order mark, then the zero bytes of UTF-16, then the
 * XML declaration, then what the server said (`charset`), then UTF-8 (XML 1.0, appendix F; RFC 7303).
 */
function detectEncoding(start: Uint8Array, charset: string | null): Decoding {
  const marked = byteOrderMark(start)
  if (marked !== null) return { encoding: marked, warning: null }

  const declared = DECLARATION.exec(new TextDecoder('latin1').decode(start))?.[1]
  if (declared === undefined) return { encoding: knownEncoding(charset), warning: null }
  if (!/^(utf-?16|ucs-?2|iso-10646-ucs)/i.test(declared))
    return { encoding: declared, warning: null }
  return {
    encoding: 'utf-8',
    warning: `the document says it is ${declared}, which it is not; it was read as UTF-8`,
  }
}

/** What a server says is often a default nobody chose, so what cannot be true of it is not an error. */
function knownEncoding(charset: string | null): string {
  try {
    const { encoding } = new TextDecoder(charset ?? 'utf-8')
    return encoding.startsWith('utf-16') ? 'utf-8' : encoding
  } catch {
    return 'utf-8'
  }
}

function byteOrderMark(start: Uint8Array): string | null {
  const [a, b, c] = start
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0x3c && b === 0) return 'utf-16le'
  if (a === 0 && b === 0x3c) return 'utf-16be'
  return null
}

/** Decodes a document as it arrives. @throws {FeedError} at the first byte that its encoding does not allow. */
export async function* decode(
  source: AsyncIterable<Uint8Array>,
  charset: string | null,
  warn: (message: string) => void,
): AsyncGenerator<string, void, undefined> {
  let decoder: StrictDecoder | null = null
  let start = new Uint8Array()
  for await (const chunk of source) {
    if (decoder !== null) {
      yield decoder.decode(chunk)
      continue
    }
    start = Buffer.concat([start, chunk])
    if (start.length < SNIFFED_BYTES) continue
    decoder = decoderFor(start, charset, warn)
    yield decoder.decode(start)
  }
  if (decoder === null) {
    decoder = decoderFor(start, charset, warn)
    yield decoder.decode(start)
  }
  yield decoder.end()
}

function decoderFor(
  start: Uint8Array,
  charset: string | null,
  warn: (message: string) => void,
): StrictDecoder {
  const { encoding, warning } = detectEncoding(start, charset)
  if (warning !== null) warn(warning)
  return new StrictDecoder(encoding, warn)
}

/** A streaming decoder that refuses bytes its encoding does not allow, and names the first of them. */
class StrictDecoder {
  readonly encoding: string
  #decoder: TextDecoder
  #decodedBytes = 0
  #isSettled: boolean
  readonly #warn: (message: string) => void

  constructor(encoding: string, warn: (message: string) => void) {
    this.encoding = encoding
    this.#warn = warn
    this.#isSettled = !/^(iso-?8859|latin|windows-125|cp125|us-ascii|ascii)/i.test(encoding)
    try {
      this.#decoder = new TextDecoder(encoding, { fatal: true })
    } catch (cause) {
      const message = `the document says its encoding is "${encoding}", which is not known here; save it as UTF-8`
      throw new FeedError('wrong-encoding', message, { cause })
    }
  }

  decode(chunk: Uint8Array): string {
    if (!this.#isSettled) this.#settle(chunk)
    try {
      const text = this.#decoder.decode(chunk, { stream: true })
      this.#decodedBytes += chunk.length
      return text
    } catch (cause) {
      throw this.#invalid(chunk, cause)
    }
  }

  /** Any bytes are valid in a one-byte encoding, but text in one is next to never valid UTF-8: that is a wrong label. */
  #settle(chunk: Uint8Array): void {
    if (isAscii(chunk)) return
    this.#isSettled = true
    if (!isValid(chunk, 'utf-8')) return
    this.#warn(`the document says it is ${this.encoding}, but it is UTF-8 and was read as such`)
    this.#decoder = new TextDecoder('utf-8', { fatal: true })
  }

  end(): string {
    try {
      return this.#decoder.decode()
    } catch (cause) {
      throw this.#invalid(new Uint8Array(), cause)
    }
  }

  #invalid(chunk: Uint8Array, cause: unknown): FeedError {
    const offset = this.#decodedBytes + validLength(chunk, this.#decoder.encoding)
    const name = this.#decoder.encoding.toUpperCase()
    return new FeedError(
      'wrong-encoding',
      `the document is not valid ${name} at about byte ${offset.toLocaleString('en')}; ` +
        'save it as UTF-8, or name its real encoding in its first line (<?xml version="1.0" encoding="…"?>)',
      { cause },
    )
  }
}

/** How many leading bytes of `chunk` can be decoded, found by halving. */
function validLength(chunk: Uint8Array, encoding: string): number {
  let valid = 0
  let invalid = chunk.length
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >>> 1
    if (isValid(chunk.subarray(0, middle), encoding)) valid = middle
    else invalid = middle
  }
  return valid
}

function isValid(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}
