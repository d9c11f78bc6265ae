import { basename } from 'node:path'
import { FeedError, fetchFeed, readFeed, readFeedFile, type ReadFeed } from '@showrunner/feeds'

/** What to import: an address, a file, or a document at hand. */
export type FeedSource =
  | { readonly url: string }
  | { readonly file: string }
  | { readonly bytes: Uint8Array; readonly name?: string }

/** Where a feed came from. No addresses: from a file, or out of memory. */
export interface Origin {
  /** In words, for messages. */
  readonly name: string
  /** The address to come back to: as given, or where it has moved to for good. Null for a file. */
  readonly address: string | null
  /** Every address it answered to. */
  readonly addresses: readonly string[]
}

export interface OpenedFeed extends ReadFeed {
  readonly origin: Origin
}

/** @throws {FeedError} with one message for the person who asked, when it cannot be had or read. */
export async function openFeed(source: FeedSource, allowPrivate: boolean): Promise<OpenedFeed> {
  if ('url' in source) return openAddress(source.url, allowPrivate)
  if ('file' in source) {
    return { ...(await readFeedFile(source.file)), origin: noAddress(basename(source.file)) }
  }
  return { ...(await readFeed(source.bytes)), origin: noAddress(source.name ?? 'the document') }
}

async function openAddress(url: string, allowPrivate: boolean): Promise<OpenedFeed> {
  const fetched = await fetchPage(url, allowPrivate)
  const given = new URL(url.trim()).href
  const address = fetched.permanentUrl ?? given
  const addresses = [...new Set([given, address, fetched.url])]
  const whole = await withLaterPages(fetched, allowPrivate)
  return { ...whole, origin: { name: new URL(address).host, address, addresses } }
}

async function fetchPage(url: string, allowPrivate: boolean) {
  const fetched = await fetchFeed(url, { allowPrivate })
  // Nothing was said of an earlier reading, so there is nothing the answer could be unchanged since.
  if (fetched.status === 'unchanged') throw new Error(`${url} answered 304 to a plain request`)
  return fetched
}

const MOST_PAGES = 100

/** The feed with the episodes of its further pages (RFC 5005). A page that cannot be had ends it, and is told. */
async function withLaterPages(first: ReadFeed, allowPrivate: boolean): Promise<ReadFeed> {
  const items = new Map(first.feed.items.map((item) => [item.guid, item]))
  const warnings = [...first.warnings]
  const asked = new Set<string>()
  let next = first.feed.nextPageUrl
  while (next !== null && !asked.has(next) && asked.size < MOST_PAGES) {
    asked.add(next)
    try {
      const { feed, warnings: told } = await fetchPage(next, allowPrivate)
      for (const item of feed.items) if (!items.has(item.guid)) items.set(item.guid, item)
      warnings.push(...told)
      next = feed.nextPageUrl
    } catch (error) {
      if (!(error instanceof FeedError)) throw error
      warnings.push({ line: 0, message: `a further page of the feed is missing: ${error.message}` })
      next = null
    }
  }
  return { feed: { ...first.feed, items: [...items.values()] }, warnings }
}

function noAddress(name: string): Origin {
  return { name, address: null, addresses: [] }
}
