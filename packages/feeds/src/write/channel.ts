import { type Category, type FeedDraft, type Trailer, type UpdateFrequency } from '../feed.ts'
import { remoteItem, sharedElements } from './podcasting.ts'
import { el, field, type Markup, parent } from './xml.ts'

/** Everything in the channel but its items, in an order that never changes. */
export function channelElements(feed: FeedDraft): Markup[] {
  return [
    field('title', feed.title),
    field('link', feed.link),
    ...atomLinks(feed),
    el('description', {}, feed.description ?? feed.summary ?? feed.title),
    field('language', feed.language),
    field('copyright', feed.copyright),
    field('generator', feed.generator),
    feed.publishedAt && field('pubDate', feed.publishedAt.toUTCString()),
    feed.updatedAt && field('lastBuildDate', feed.updatedAt.toUTCString()),
    ...itunesElements(feed),
    ...podcastElements(feed),
    ...sharedElements(feed),
  ]
}

function atomLinks(feed: FeedDraft): Markup[] {
  const link = (rel: string, href: string | null | undefined): Markup =>
    href && el('atom:link', { rel, href, type: 'application/rss+xml' })
  return [
    link('self', feed.selfUrl),
    link('first', feed.firstPageUrl),
    link('previous', feed.previousPageUrl),
    link('next', feed.nextPageUrl),
    link('last', feed.lastPageUrl),
    ...(feed.hubUrls ?? []).map((href) => el('atom:link', { rel: 'hub', href })),
  ]
}

function itunesElements(feed: FeedDraft): Markup[] {
  return [
    field('itunes:author', feed.author),
    field('itunes:subtitle', feed.subtitle),
    field('itunes:summary', feed.summary),
    field('itunes:type', feed.type),
    feed.explicit != null && field('itunes:explicit', String(feed.explicit)),
    feed.imageUrl && el('itunes:image', { href: feed.imageUrl }),
    ...(feed.categories ?? []).map(category),
    field('itunes:keywords', feed.keywords?.join(', ')),
    feed.owner &&
      parent('itunes:owner', {}, [
        field('itunes:name', feed.owner.name),
        field('itunes:email', feed.owner.email),
      ]),
    feed.complete && field('itunes:complete', 'Yes'),
    feed.blocked && field('itunes:block', 'Yes'),
    field('itunes:new-feed-url', feed.newFeedUrl),
  ]
}

function category({ name, subcategory }: Category): string {
  const inside = subcategory === null ? [] : [el('itunes:category', { text: subcategory })]
  return parent('itunes:category', { text: name }, inside)
}

function podcastElements(feed: FeedDraft): Markup[] {
  return [
    field('podcast:guid', feed.guid),
    feed.locked != null &&
      el('podcast:locked', { owner: feed.lockedOwner }, feed.locked ? 'yes' : 'no'),
    field('podcast:medium', feed.medium),
    ...(feed.blocks ?? []).map(({ service, blocked }) =>
      el('podcast:block', { id: service }, blocked ? 'yes' : 'no'),
    ),
    ...(feed.trailers ?? []).map(trailer),
    feed.updateFrequency && updateFrequency(feed.updateFrequency),
    ...(feed.remoteItems ?? []).map(remoteItem),
    feed.podroll?.length && parent('podcast:podroll', {}, feed.podroll.map(remoteItem)),
    feed.publisher && parent('podcast:publisher', {}, [remoteItem(feed.publisher)]),
    feed.usesPodping && el('podcast:podping', { usesPodping: true }),
  ].map((markup) => markup || null)
}

function trailer({ title, url, publishedAt, type, length, season }: Trailer): string {
  const pubdate = publishedAt?.toUTCString()
  return el('podcast:trailer', { pubdate, url, length, type, season }, title)
}

function updateFrequency({ text, rrule, startsAt, complete }: UpdateFrequency): string {
  const attributes = { complete: complete && 'true', dtstart: startsAt?.toISOString(), rrule }
  return el('podcast:updateFrequency', attributes, text)
}
