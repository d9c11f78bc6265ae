import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { openDocument } from '@showrunner/feeds'
import { LIMITS } from '../uploads/index.ts'
import { type MovedKind } from './moved-file.ts'

const MINUTE_MS = 60_000

const BOUNDS = {
  picture: { accept: 'image/*', maxBytes: LIMITS.cover.most, timeoutMs: 2 * MINUTE_MS },
  audio: { accept: 'audio/*,*/*;q=0.1', maxBytes: LIMITS.audio.most, timeoutMs: 120 * MINUTE_MS },
} as const satisfies Record<MovedKind, object>

interface Fetching {
  readonly allowPrivate: boolean
  readonly signal: AbortSignal
  /** Called with all that have come so far. */
  readonly onBytes: (bytes: number) => void
}

/**
 * Fetches a file to a path, a piece at a time, so that it is never in memory as a whole.
 *
 * @throws {FetchError}
 */
export async function fetchTo(
  path: string,
  { kind, address }: { readonly kind: MovedKind; readonly address: string },
  { allowPrivate, signal, onBytes }: Fetching,
): Promise<void> {
  const { accept, ...bounds } = BOUNDS[kind]
  const { body } = await openDocument(address, accept, { ...bounds, allowPrivate, signal })
  // Nothing was said of an earlier time that it could be unchanged since.
  if (body === null) throw new Error(`${address} answered 304 to a plain request`)
  async function* counted(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let bytes = 0
    for await (const chunk of chunks) {
      onBytes((bytes += chunk.length))
      yield chunk
    }
  }
  await pipeline(body, counted, createWriteStream(path))
}
