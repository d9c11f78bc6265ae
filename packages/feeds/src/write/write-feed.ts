import { type FeedDraft, type ItemDraft, type LiveItemDraft } from '../feed.ts'
import { channelElements } from './channel.ts'
import { itemElements } from './item.ts'
import { lines, parent } from './xml.ts'

const START = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0">
<channel>
`
const END = '</channel>\n</rss>\n'

/**
 * Writes an RSS 2.0 podcast feed with the iTunes and podcast namespaces. The same feed gives the same bytes, so that its
 * hash may serve as an ETag: the time of writing is nowhere in it.
 */
export function writeFeed(feed: FeedDraft): string {
  return [...feedChunks(feed)].join('')
}

/** Writes a feed piece by piece, an item at a time, for those who want to let other work go on between the pieces. */
export function* feedChunks(feed: FeedDraft): Generator<string, void, undefined> {
  yield `${START}${lines(channelElements(feed))}\n`
  for (const liveItem of feed.liveItems ?? []) yield `${liveElement(liveItem)}\n`
  for (const item of feed.items) yield `${itemElement(item)}\n`
  yield END
}

function itemElement(item: ItemDraft): string {
  return parent('item', {}, itemElements(item))
}

function liveElement(item: LiveItemDraft): string {
  const attributes = {
    status: item.status,
    start: item.startsAt.toISOString(),
    end: item.endsAt?.toISOString(),
  }
  return parent('podcast:liveItem', attributes, itemElements(item))
}
