import { pipeline, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'

export const ACCEPTED_COMPRESSIONS = 'gzip, deflate, br'

type Chunks = AsyncIterable<Uint8Array>

/** Undoes a `Content-Encoding`, as the bytes arrive. Null for one that is not known. */
export function decompress(source: Chunks, encoding: string): Chunks | null {
  switch (encoding.trim().toLowerCase()) {
    case '':
    case 'identity':
      return source
    case 'gzip':
    case 'x-gzip':
      return through(source, createGunzip())
    case 'br':
      return through(source, createBrotliDecompress())
    case 'deflate':
      return inflate(source)
    default:
      return null
  }
}

/** Servers disagree whether `deflate` has a zlib header (RFC 9110 §8.4.1.2 says so); its first byte tells. */
async function* inflate(source: Chunks): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]()
  const first = await chunks.next()
  if (first.done === true) return
  const hasHeader = ((first.value[0] ?? 0) & 0x0f) === 8

  async function* whole(): AsyncGenerator<Uint8Array> {
    yield first.value
    yield* { [Symbol.asyncIterator]: () => chunks }
  }
  yield* through(whole(), hasHeader ? createInflate() : createInflateRaw())
}

function through(source: Chunks, transform: Transform): Chunks {
  // The error reaches whoever iterates, because pipeline destroys the transform with it.
  return pipeline(source, transform, () => {})
}
