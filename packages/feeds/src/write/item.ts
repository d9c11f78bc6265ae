import {
  type AlternateEnclosure,
  type Enclosure,
  type ItemDraft,
  type Soundbite,
  type TranscriptLink,
} from '../feed.ts'
import { podloveChapters } from '../chapters/write-podlove-chapters.ts'
import { sharedElements } from './podcasting.ts'
import { el, field, htmlEl, type Markup, parent } from './xml.ts'

/** Everything in an item, in an order that never changes. */
export function itemElements(item: ItemDraft): Markup[] {
  return [
    field('title', item.title),
    el('guid', { isPermaLink: String(item.guidIsPermaLink ?? false) }, item.guid),
    field('link', item.link),
    item.publishedAt && field('pubDate', item.publishedAt.toUTCString()),
    item.enclosure && enclosure(item.enclosure),
    field('description', item.description),
    ...(item.categories ?? []).map((category) => field('category', category)),
    ...itunesElements(item),
    ...podcastElements(item),
    ...sharedElements(item),
    htmlEl('content:encoded', item.contentHtml),
  ]
}

function enclosure({ url, length, type }: Enclosure): string {
  return el('enclosure', { url, length: length ?? 0, type: type ?? 'audio/mpeg' })
}

function itunesElements(item: ItemDraft): Markup[] {
  return [
    field('itunes:title', item.itunesTitle),
    field('itunes:subtitle', item.subtitle),
    field('itunes:summary', item.summary),
    field('itunes:author', item.author),
    item.imageUrl && el('itunes:image', { href: item.imageUrl }),
    item.durationSeconds != null && field('itunes:duration', Math.round(item.durationSeconds)),
    item.explicit != null && field('itunes:explicit', String(item.explicit)),
    field('itunes:episodeType', item.episodeType),
    // Apple reads whole numbers above zero only; the podcast namespace has the rest.
    isCount(item.season) && field('itunes:season', item.season),
    isCount(item.episode) && field('itunes:episode', item.episode),
    field('itunes:keywords', item.keywords?.join(', ')),
    item.blocked && field('itunes:block', 'Yes'),
  ].map((markup) => markup || null)
}

function isCount(number: number | null | undefined): number is number {
  return Number.isInteger(number) && Number(number) > 0
}

function podcastElements(item: ItemDraft): Markup[] {
  return [
    item.season != null && el('podcast:season', { name: item.seasonName }, item.season),
    item.episode != null && el('podcast:episode', { display: item.episodeDisplay }, item.episode),
    ...(item.transcripts ?? []).map(transcript),
    item.chapters && el('podcast:chapters', { ...item.chapters }),
    ...(item.soundbites ?? []).map(soundbite),
    ...(item.alternateEnclosures ?? []).map(alternateEnclosure),
    ...(item.contentLinks ?? []).map(({ url, text }) =>
      el('podcast:contentLink', { href: url }, text),
    ),
    item.inlineChapters?.length ? podloveChapters(item.inlineChapters) : null,
  ]
}

function transcript({ url, type, language, rel }: TranscriptLink): string {
  return el('podcast:transcript', { url, type, language, rel })
}

function soundbite({ startsMs, durationMs, title }: Soundbite): string {
  const attributes = { startTime: startsMs / 1000, duration: durationMs / 1000 }
  return el('podcast:soundbite', attributes, title ?? undefined)
}

function alternateEnclosure(alternate: AlternateEnclosure): string {
  const { type, length, bitrate, height, language, title, rel, codecs, isDefault } = alternate
  const attributes = { type, length, bitrate, height, lang: language, title, rel, codecs }
  return parent('podcast:alternateEnclosure', { ...attributes, default: isDefault }, [
    ...alternate.sources.map(({ uri, contentType }) => el('podcast:source', { uri, contentType })),
    alternate.integrity && el('podcast:integrity', { ...alternate.integrity }),
  ])
}
