import { openDocument } from './open-document.ts'
import { type DocumentHead, type FetchOptions } from './options.ts'

export interface FetchedDocument extends DocumentHead {
  readonly status: 'fetched'
  readonly body: Uint8Array
}

/** The answer where the `etag` or `lastModified` sent along still holds. */
export interface Unchanged extends DocumentHead {
  readonly status: 'unchanged'
}

/**
 * Fetches a document small enough to hold in memory: chapters, a transcript, artwork. Only public addresses are
 * reached, unless `allowPrivate` says otherwise, on every redirect too.
 *
 * @throws {FetchError} saying what went wrong and where.
 */
export async function fetchDocument(
  address: string,
  options: FetchOptions = {},
): Promise<FetchedDocument | Unchanged> {
  const { body, ...head } = await openDocument(address, '*/*', options)
  if (body === null) return { ...head, status: 'unchanged' }
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return { ...head, status: 'fetched', body: Buffer.concat(chunks) }
}
