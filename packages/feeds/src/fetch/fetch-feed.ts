import { FeedError, FetchError } from '../errors.ts'
import { readFeed, type ReadFeed } from '../read/read-feed.ts'
import { type Unchanged } from './fetch-document.ts'
import { openDocument } from './open-document.ts'
import { DEFAULT_FETCH_LIMITS, type DocumentHead, type FetchOptions } from './options.ts'

export interface FetchedFeed extends DocumentHead, ReadFeed {
  readonly status: 'fetched'
}

const ACCEPT = 'application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5'

/**
 * Fetches a podcast's feed and reads it as it arrives. Only public addresses are reached, unless `allowPrivate` says
 * otherwise, on every redirect too.
 *
 * @throws {FetchError} where it cannot be fetched, {FeedError} where it cannot be read; both name the address.
 */
export async function fetchFeed(
  address: string,
  options: FetchOptions = {},
): Promise<FetchedFeed | Unchanged> {
  const { body, ...head } = await openDocument(address, ACCEPT, options)
  if (body === null) return { ...head, status: 'unchanged' }
  const limits = { bytes: options.maxBytes ?? DEFAULT_FETCH_LIMITS.maxBytes }
  try {
    const read = await readFeed(body, { baseUrl: head.url, charset: head.charset, limits })
    return { ...head, ...read, status: 'fetched' }
  } catch (error) {
    throw error instanceof FeedError && !(error instanceof FetchError) ? error.in(head.url) : error
  }
}
