import {
  FEED_TYPES,
  type Category,
  type Feed,
  type FeedItem,
  type FeedType,
  type Owner,
  type ServiceBlock,
  type Trailer,
  type UpdateFrequency,
} from '../feed.ts'
import { firstYes, readImage, readLiveItem } from './item.ts'
import { attribute, childrenOf, type Node, textOf } from './node.ts'
import { all, number, readShared, remoteItem } from './podcasting.ts'
import { type Reading } from './reading.ts'
import { collapse, parseCount, parseKeywords, parseNumber, parseYes } from '../values.ts'

/** Reads what the channel says about the podcast as a whole. */
export function readChannel(channel: Node, items: readonly FeedItem[], reading: Reading): Feed {
  return {
    ...readWords(channel),
    ...readLinks(channel, reading),
    ...readDirectories(channel, reading),
    ...readNamespace(channel, reading),
    ...readShared(channel, reading),
    owner: readOwner(channel),
    publishedAt: reading.date(channel, textOf(channel, 'pubdate', 'dc:date')),
    updatedAt: reading.date(channel, textOf(channel, 'lastbuilddate')),
    items,
    liveItems: all(channel, 'podcast:liveitem', (node) => readLiveItem(node, reading)),
  }
}

type Words = Pick<
  Feed,
  | 'title'
  | 'subtitle'
  | 'description'
  | 'summary'
  | 'language'
  | 'author'
  | 'copyright'
  | 'generator'
>

function readWords(channel: Node): Words {
  return {
    title: collapse(textOf(channel, 'title', 'itunes:title') ?? ''),
    subtitle: textOf(channel, 'itunes:subtitle'),
    description: textOf(channel, 'description', 'googleplay:description', 'itunes:summary'),
    summary: textOf(channel, 'itunes:summary'),
    language: textOf(channel, 'language', 'dc:language'),
    author: textOf(channel, 'itunes:author', 'googleplay:author', 'dc:creator', 'managingeditor'),
    copyright: textOf(channel, 'copyright', 'dc:rights'),
    generator: textOf(channel, 'generator'),
  }
}

type Links = Pick<
  Feed,
  | 'link'
  | 'selfUrl'
  | 'hubUrls'
  | 'nextPageUrl'
  | 'previousPageUrl'
  | 'firstPageUrl'
  | 'lastPageUrl'
  | 'newFeedUrl'
  | 'imageUrl'
>

function readLinks(channel: Node, reading: Reading): Links {
  const linked = (rel: string) =>
    childrenOf(channel, 'atom:link')
      .filter((node) => attribute(node, 'rel')?.toLowerCase() === rel)
      .map((node) => reading.url(node, attribute(node, 'href')))
      .filter((url) => url !== null)
  const [image] = childrenOf(channel, 'image')
  return {
    link: reading.url(channel, textOf(channel, 'link')) ?? linked('alternate')[0] ?? null,
    selfUrl: linked('self')[0] ?? null,
    hubUrls: linked('hub'),
    nextPageUrl: linked('next')[0] ?? null,
    // RFC 5005 calls it previous; some write prev.
    previousPageUrl: linked('previous')[0] ?? linked('prev')[0] ?? null,
    firstPageUrl: linked('first')[0] ?? null,
    lastPageUrl: linked('last')[0] ?? null,
    newFeedUrl: reading.url(channel, textOf(channel, 'itunes:new-feed-url')),
    imageUrl:
      readImage(channel, reading) ?? (image ? reading.url(image, textOf(image, 'url')) : null),
  }
}

type Directories = Pick<
  Feed,
  'categories' | 'keywords' | 'explicit' | 'type' | 'complete' | 'blocked'
>

function readDirectories(channel: Node, reading: Reading): Directories {
  return {
    categories: readCategories(channel),
    keywords: parseKeywords(textOf(channel, 'itunes:keywords') ?? ''),
    explicit: firstYes(channel, reading, 'itunes:explicit', 'googleplay:explicit'),
    type: reading.value(
      channel,
      textOf(channel, 'itunes:type'),
      parseFeedType,
      'episodic or serial',
    ),
    complete: parseYes(textOf(channel, 'itunes:complete') ?? '') ?? false,
    blocked: parseYes(textOf(channel, 'itunes:block', 'googleplay:block') ?? '') ?? false,
  }
}

function parseFeedType(text: string): FeedType | null {
  return FEED_TYPES.find((type) => type === text.trim().toLowerCase()) ?? null
}

/** A category with two subcategories becomes two entries; the plain RSS `category` counts only where iTunes' is missing. */
function readCategories(channel: Node): Category[] {
  const itunes = childrenOf(channel, 'itunes:category', 'googleplay:category').flatMap(
    (node): Category[] => {
      const name = attribute(node, 'text') ?? collapse(node.text)
      if (name === '') return []
      const inside = all(node, 'itunes:category', (child) => attribute(child, 'text'))
      return inside.length === 0
        ? [{ name, subcategory: null }]
        : inside.map((subcategory) => ({ name, subcategory }))
    },
  )
  const plain = childrenOf(channel, 'category')
    .map((node) => ({ name: collapse(node.text), subcategory: null }))
    .filter(({ name }) => name !== '')
  return distinct(itunes.length > 0 ? itunes : plain)
}

function distinct(categories: Category[]): Category[] {
  const byName = new Map(categories.map((each) => [`${each.name}\n${each.subcategory}`, each]))
  return [...byName.values()]
}

function readOwner(channel: Node): Owner | null {
  const [element] = childrenOf(channel, 'itunes:owner')
  const owner = {
    name: element ? textOf(element, 'itunes:name') : null,
    email:
      (element ? textOf(element, 'itunes:email') : null) ?? textOf(channel, 'googleplay:email'),
  }
  return owner.name === null && owner.email === null ? null : owner
}

type Namespace = Pick<
  Feed,
  | 'guid'
  | 'locked'
  | 'lockedOwner'
  | 'medium'
  | 'blocks'
  | 'trailers'
  | 'podroll'
  | 'publisher'
  | 'remoteItems'
  | 'updateFrequency'
  | 'usesPodping'
>

function readNamespace(channel: Node, reading: Reading): Namespace {
  const [locked] = childrenOf(channel, 'podcast:locked')
  const remote = (parent: Node) =>
    all(parent, 'podcast:remoteitem', (node) => remoteItem(node, reading))
  return {
    guid: textOf(channel, 'podcast:guid'),
    locked: firstYes(channel, reading, 'podcast:locked'),
    lockedOwner: locked ? (attribute(locked, 'owner') ?? attribute(locked, 'email')) : null,
    medium: textOf(channel, 'podcast:medium')?.toLowerCase() ?? null,
    blocks: all(channel, 'podcast:block', readBlock),
    trailers: all(channel, 'podcast:trailer', (node) => readTrailer(node, reading)),
    podroll: childrenOf(channel, 'podcast:podroll').flatMap(remote),
    publisher: childrenOf(channel, 'podcast:publisher').flatMap(remote)[0] ?? null,
    remoteItems: remote(channel),
    updateFrequency:
      all(channel, 'podcast:updatefrequency', (node) => readUpdateFrequency(node, reading))[0] ??
      null,
    usesPodping: childrenOf(channel, 'podcast:podping').some(
      (node) => parseYes(attribute(node, 'usespodping') ?? '') === true,
    ),
  }
}

function readBlock(node: Node): ServiceBlock | null {
  const blocked = parseYes(node.text)
  return blocked === null ? null : { service: attribute(node, 'id'), blocked }
}

function readTrailer(node: Node, reading: Reading): Trailer | null {
  const url = reading.url(node, attribute(node, 'url'))
  if (url === null) return null
  return {
    title: collapse(node.text),
    url,
    publishedAt: reading.date(node, attribute(node, 'pubdate')),
    type: attribute(node, 'type'),
    length: number(node, 'length', parseNumber),
    season: number(node, 'season', parseCount),
  }
}

function readUpdateFrequency(node: Node, reading: Reading): UpdateFrequency {
  return {
    text: collapse(node.text),
    rrule: attribute(node, 'rrule'),
    startsAt: reading.date(node, attribute(node, 'dtstart')),
    complete: parseYes(attribute(node, 'complete') ?? '') ?? false,
  }
}
