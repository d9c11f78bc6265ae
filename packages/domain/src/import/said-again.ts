import { type Feed, type FeedItem, type Person } from '@showrunner/feeds'
import { plainText } from '../markup/index.ts'
import { others } from './other-pictures.ts'

/** Where the feed and its pages are, who wrote it down, and since when. */
const PUBLISHERS_OWN = [
  'publisher',
  'usesPodping',
  'hubUrls',
  'generator',
  'publishedAt',
  'updatedAt',
  'link',
  'selfUrl',
  'firstPageUrl',
  'previousPageUrl',
  'nextPageUrl',
  'lastPageUrl',
  'summary',
  'liveItems',
  'newFeedUrl',
] as const satisfies readonly (keyof Feed)[]

/**
 * For tests: what a feed says that has to come out again as it came in, whoever publishes it.
 */
export function saidOf(feed: Feed, { importedAt, guid }: { importedAt: Date; guid: string }) {
  return {
    ...without(feed, PUBLISHERS_OWN),
    // Whoever has none is given one, once.
    guid: feed.guid ?? guid,
    description: wordsIn(feed.description ?? feed.summary ?? feed.subtitle ?? feed.title),
    explicit: feed.explicit ?? false,
    type: feed.type ?? 'episodic',
    locked: feed.locked ?? false,
    medium: feed.medium ?? 'podcast',
    language: feed.language ?? 'en',
    owner: feed.owner ?? null,
    blocked: feed.blocked || feed.blocks.some(({ service, blocked }) => blocked && !service),
    blocks: feed.blocks.filter(({ service }) => service !== null),
    images: others(feed.images, feed.imageUrl),
    trailers: feed.trailers.filter(({ url }) => !isEpisode(feed, url)),
    people: names(feed.people),
    items: feed.items
      .map((item) => saidOfItem(item, feed, importedAt))
      .toSorted((a, b) => (a.guid < b.guid ? -1 : 1)),
  }
}

function isEpisode({ items }: Feed, url: string): boolean {
  return items.some((item) => item.episodeType === 'trailer' && item.enclosure?.url === url)
}

function saidOfItem(item: FeedItem, feed: Feed, importedAt: Date) {
  const { chapters, summary, description, contentHtml } = item
  return {
    ...without(item, ['link', 'summary', 'description', 'contentHtml', 'chapters']),
    publishedAt: item.publishedAt ?? importedAt,
    // Those that stand in the feed itself are ours by now, and so is the document with them.
    chapters: item.inlineChapters.length > 0 ? null : (chapters?.url ?? null),
    itunesTitle: item.itunesTitle === item.title ? null : item.itunesTitle,
    words: wordsIn(contentHtml ?? description ?? summary ?? ''),
    durationSeconds: item.durationSeconds ? Math.round(item.durationSeconds) : null,
    enclosure: item.enclosure && {
      ...item.enclosure,
      type: item.enclosure.type ?? 'audio/mpeg',
      length: item.enclosure.length || null,
    },
    episodeType: item.episodeType ?? 'full',
    explicit: item.explicit ?? feed.explicit ?? false,
    images: others(item.images, item.imageUrl),
    people: names(item.people.length > 0 ? item.people : hostsOf(feed)),
  }
}

function hostsOf({ people }: Feed): readonly Person[] {
  return people.filter(({ role, group }) => group === 'cast' && /\bhost$/.test(role))
}

function names(people: readonly Person[]): readonly string[] {
  const said = people.map(({ name, role, group }) => `${name.trim()} · ${role} · ${group}`)
  return [...new Set(said)].toSorted()
}

function wordsIn(text: string): string {
  return plainText(text).replace(/\s+/g, ' ').trim()
}

function without<T extends object, Name extends keyof T>(
  value: T,
  names: readonly Name[],
): Omit<T, Name> {
  const said = Object.entries(value).filter(([name]) => !names.some((other) => other === name))
  // The entries of a T but those.
  return Object.fromEntries(said) as Omit<T, Name>
}
