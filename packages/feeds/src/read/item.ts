import {
  EPISODE_TYPES,
  LIVE_STATUSES,
  type Chapter,
  type ChaptersLink,
  type Enclosure,
  type EpisodeType,
  type FeedItem,
  type LiveItem,
  type Soundbite,
  type TranscriptLink,
} from '../feed.ts'
import { guessType } from '../media-types.ts'
import { attribute, childrenOf, type Node, textOf } from './node.ts'
import { all, alternateEnclosure, contentLink, number, readShared } from './podcasting.ts'
import { type Reading } from './reading.ts'
import {
  collapse,
  parseMilliseconds,
  parseCount,
  parseDuration,
  parseKeywords,
  parseNumber,
  parseYes,
} from '../values.ts'

/** Reads one episode; null, with a warning, where there is nothing to play or nothing to know it by. */
export function readItem(node: Node, reading: Reading): FeedItem | null {
  const alternateEnclosures = all(node, 'podcast:alternateenclosure', alternateEnclosure)
  const enclosure = all(node, 'enclosure', (child) => readEnclosure(child, reading))[0] ?? null
  const playable = enclosure ?? fromAlternate(alternateEnclosures, reading)
  if (playable === null) {
    reading.warn(
      node.line,
      `${called(node)} has no enclosure, so there is nothing to play; left out`,
    )
    return null
  }
  return {
    ...readGuid(node, playable, reading),
    ...readWords(node, reading),
    ...readNumbers(node, reading),
    ...readShared(node, reading),
    enclosure: playable,
    alternateEnclosures,
    link: reading.url(node, textOf(node, 'link')),
    publishedAt: reading.date(node, textOf(node, 'pubdate', 'dc:date', 'atom:published')),
    imageUrl: readImage(node, reading),
    explicit: firstYes(node, reading, 'itunes:explicit', 'googleplay:explicit'),
    blocked: parseYes(textOf(node, 'itunes:block', 'googleplay:block') ?? '') ?? false,
    keywords: parseKeywords(textOf(node, 'itunes:keywords') ?? ''),
    categories: all(node, 'category', (child) => collapse(child.text) || null),
    transcripts: all(node, 'podcast:transcript', (child) => readTranscriptLink(child, reading)),
    chapters: all(node, 'podcast:chapters', (child) => readChaptersLink(child, reading))[0] ?? null,
    inlineChapters: readInlineChapters(node, reading),
    soundbites: all(node, 'podcast:soundbite', readSoundbite),
    contentLinks: all(node, 'podcast:contentlink', (child) => contentLink(child, reading)),
  }
}

/** Reads a live item, which may have no enclosure yet. */
export function readLiveItem(node: Node, reading: Reading): LiveItem | null {
  const status = LIVE_STATUSES.find((name) => name === attribute(node, 'status')?.toLowerCase())
  const startsAt = reading.date(node, attribute(node, 'start'))
  const item = status && startsAt ? readItem(node, reading) : null
  if (item === null || status === undefined || startsAt === null) {
    reading.warn(
      node.line,
      `the live item ${called(node)} lacks status, start or enclosure; left out`,
    )
    return null
  }
  return { ...item, status, startsAt, endsAt: reading.date(node, attribute(node, 'end')) }
}

function called(node: Node): string {
  const title = textOf(node, 'title', 'itunes:title', 'guid')
  return title === null
    ? 'an item without a title'
    : `the item ${JSON.stringify(collapse(title).slice(0, 80))}`
}

function readEnclosure(node: Node, reading: Reading): Enclosure | null {
  const url = reading.url(node, attribute(node, 'url'))
  if (url === null) return null
  return {
    url,
    type: attribute(node, 'type') ?? guessType(url),
    length: parseNumber((attribute(node, 'length') ?? '').replace(/[,\s]/g, '')) || null,
  }
}

function fromAlternate(
  alternates: FeedItem['alternateEnclosures'],
  reading: Reading,
): Enclosure | null {
  const chosen = alternates.find(({ isDefault }) => isDefault) ?? alternates[0]
  const source = chosen?.sources.find(({ uri }) => /^https?:/i.test(uri))
  if (chosen === undefined || source === undefined) return null
  reading.warn(0, `an item has no enclosure; its alternate enclosure ${source.uri} stands in`)
  return { url: source.uri, type: chosen.type, length: chosen.length }
}

function readGuid(
  node: Node,
  enclosure: Enclosure,
  reading: Reading,
): Pick<FeedItem, 'guid' | 'guidIsPermaLink'> {
  const [element] = childrenOf(node, 'guid')
  const guid = element?.text.trim() ?? ''
  if (element === undefined || guid === '') {
    reading.warn(node.line, `${called(node)} has no guid; its enclosure's address stands in`)
    return { guid: enclosure.url, guidIsPermaLink: false }
  }
  return { guid, guidIsPermaLink: parseYes(attribute(element, 'ispermalink') ?? 'true') ?? true }
}

type Words = Pick<
  FeedItem,
  'title' | 'itunesTitle' | 'subtitle' | 'description' | 'summary' | 'contentHtml' | 'author'
>

function readWords(node: Node, reading: Reading): Words {
  const itunesTitle = textOf(node, 'itunes:title')
  const description = textOf(node, 'description', 'googleplay:description', 'atom:summary')
  const title = textOf(node, 'title') ?? itunesTitle
  if (title === null) reading.warn(node.line, 'an item has no title; its first words stand in')
  return {
    title: collapse(title ?? firstWords(description)),
    itunesTitle: itunesTitle === null ? null : collapse(itunesTitle),
    subtitle: textOf(node, 'itunes:subtitle'),
    description,
    summary: textOf(node, 'itunes:summary'),
    contentHtml: textOf(node, 'content:encoded', 'atom:content'),
    author: textOf(node, 'itunes:author', 'googleplay:author', 'dc:creator', 'author'),
  }
}

function firstWords(description: string | null): string {
  const words = collapse((description ?? '').slice(0, 1000).replace(/<[^>]*>/g, ' '))
  if (words === '') return 'Untitled'
  return words.length <= 80 ? words : `${words.slice(0, 80).replace(/\s\S*$/, '')}…`
}

type Numbers = Pick<
  FeedItem,
  'durationSeconds' | 'season' | 'seasonName' | 'episode' | 'episodeDisplay' | 'episodeType'
>

function readNumbers(node: Node, reading: Reading): Numbers {
  const [season] = childrenOf(node, 'podcast:season')
  const [episode] = childrenOf(node, 'podcast:episode')
  const seasonText = textOf(node, 'podcast:season', 'itunes:season')
  const episodeText = textOf(node, 'podcast:episode', 'itunes:episode')
  return {
    durationSeconds: reading.value(
      node,
      textOf(node, 'itunes:duration'),
      parseDuration,
      'a duration',
    ),
    season: reading.value(node, seasonText, parseCount, 'a season number'),
    seasonName: season ? attribute(season, 'name') : null,
    episode: reading.value(node, episodeText, parseNumber, 'an episode number'),
    episodeDisplay: episode ? attribute(episode, 'display') : null,
    episodeType: reading.value(
      node,
      textOf(node, 'itunes:episodetype'),
      parseEpisodeType,
      'an episode type',
    ),
  }
}

function parseEpisodeType(text: string): EpisodeType | null {
  return EPISODE_TYPES.find((type) => type === text.trim().toLowerCase()) ?? null
}

export function readImage(node: Node, reading: Reading): string | null {
  const [image] = childrenOf(node, 'itunes:image', 'googleplay:image')
  if (image === undefined) return null
  return reading.url(image, attribute(image, 'href') ?? attribute(image, 'url') ?? image.text)
}

export function firstYes(node: Node, reading: Reading, ...names: string[]): boolean | null {
  return reading.value(node, textOf(node, ...names), parseYes, 'yes or no')
}

function readTranscriptLink(node: Node, reading: Reading): TranscriptLink | null {
  const url = reading.url(node, attribute(node, 'url'))
  if (url === null) return null
  return {
    url,
    type: attribute(node, 'type')?.toLowerCase() ?? guessType(url) ?? 'text/plain',
    language: attribute(node, 'language'),
    rel: attribute(node, 'rel')?.toLowerCase() ?? null,
  }
}

function readChaptersLink(node: Node, reading: Reading): ChaptersLink | null {
  const url = reading.url(node, attribute(node, 'url'))
  if (url === null) return null
  return { url, type: attribute(node, 'type') ?? 'application/json+chapters' }
}

function readInlineChapters(item: Node, reading: Reading): Chapter[] {
  return childrenOf(item, 'psc:chapters')
    .slice(0, 1)
    .flatMap((list) => all(list, 'psc:chapter', (node) => readInlineChapter(node, reading)))
    .toSorted((a, b) => a.startsMs - b.startsMs)
}

function readInlineChapter(node: Node, reading: Reading): Chapter | null {
  const startsMs = reading.value(node, attribute(node, 'start'), parseMilliseconds, 'a time')
  if (startsMs === null) return null
  return {
    startsMs,
    endsMs: null,
    title: attribute(node, 'title'),
    link: reading.url(node, attribute(node, 'href')),
    imageUrl: reading.url(node, attribute(node, 'image')),
    hidden: false,
  }
}

function readSoundbite(node: Node): Soundbite | null {
  const startsMs = number(node, 'starttime', parseMilliseconds)
  const durationMs = number(node, 'duration', parseMilliseconds)
  if (startsMs === null || durationMs === null || durationMs === 0) return null
  return { startsMs, durationMs, title: collapse(node.text) || null }
}
