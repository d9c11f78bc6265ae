import {
  type AlternateEnclosure,
  type Chat,
  type ContentLink,
  type Funding,
  type License,
  type Location,
  podcastGuid,
  type RemoteItem,
  type ServiceBlock,
  type SocialInteract,
  type Soundbite,
  type Trailer,
  type Txt,
  type UpdateFrequency,
  type ValueRecipient,
} from '@showrunner/feeds'
import { type Json, MEDIA_TYPE, WEB_ADDRESS } from '../formats/index.ts'
import { clockOf, msOf } from '../rows/index.ts'
import { type LineForm } from './line-form.ts'

const isAddress = (word: string) => WEB_ADDRESS.test(word)

function joined(...parts: readonly (string | null | undefined | false)[]): string {
  return parts.filter(Boolean).join(' ')
}

/** The first word, and the rest. */
function split(line: string): readonly [string, string] {
  const at = line.indexOf(' ')
  return at === -1 ? [line, ''] : [line.slice(0, at), line.slice(at + 1).trim()]
}

export const FUNDING: LineForm<Funding> = {
  example: 'https://example.com/support Buy us a coffee',
  shows: ({ url, text }) => joined(url, text),
  reads: (line) => {
    const [url, text] = split(line)
    return isAddress(url) && text !== '' ? { url, text } : undefined
  },
}

export const LICENSE: LineForm<License> = {
  example: 'cc-by-4.0',
  shows: ({ name, url }) => joined(name, url),
  reads: (line) => {
    const words = line.split(' ')
    const last = words.at(-1) ?? ''
    if (!isAddress(last)) return { name: line, url: null }
    return words.length > 1 ? { name: words.slice(0, -1).join(' '), url: last } : undefined
  },
}

const OF_LOCATION = /^(geo|osm|country|rel):(.+)$/

export const LOCATIONS: LineForm<Location> = {
  example: 'Uji, Japan geo:34.884,135.8 osm:R1642999 country:JP',
  shows: ({ name, geo, osm, country, rel }) =>
    joined(name, geo, osm && `osm:${osm}`, country && `country:${country}`, rel && `rel:${rel}`),
  reads: (line) => {
    const words = line.split(' ')
    const marks = words.flatMap((word) => {
      const [, mark, value] = OF_LOCATION.exec(word) ?? []
      return mark && value ? [[mark, mark === 'geo' ? word : value] as const] : []
    })
    const name = words.filter((word) => !OF_LOCATION.test(word)).join(' ')
    const said = Object.fromEntries(marks)
    const none = { rel: null, geo: null, osm: null, country: null }
    return name === '' ? undefined : { name, ...none, ...said }
  },
}

const SOUNDBITE = /^([\d:.,]+) ?[–-] ?([\d:.,]+)(?: (.*))?$/

export const SOUNDBITES: LineForm<Soundbite> = {
  example: '1:13–2:13 Why it is green',
  shows: ({ startsMs, durationMs, title }) =>
    joined(`${clockOf(startsMs)}–${clockOf(startsMs + durationMs)}`, title),
  reads: (line) => {
    const [, from = '', to = '', title] = SOUNDBITE.exec(line) ?? []
    const [startsMs, endsMs] = [msOf(from), msOf(to)]
    if (startsMs === null || endsMs === null || endsMs <= startsMs) return undefined
    return { startsMs, durationMs: endsMs - startsMs, title: title ?? null }
  },
}

const PROTOCOL = /^[a-z][a-z0-9]*$/
const ADDRESS_OF_ANY_KIND = /^(?!javascript|data|vbscript)[a-z][a-z0-9+.-]*:\S+$/i

/** The parts of a line, each once, wherever in it they stand; undefined where one is there twice or is none of them. */
function partsIn<Name extends string>(
  words: readonly string[],
  isPart: Readonly<Record<Name, (word: string) => boolean>>,
): { readonly [name in Name]?: string } | undefined {
  const parts: { [name in Name]?: string } = {}
  for (const word of words) {
    // The names of that record.
    const names = Object.keys(isPart) as Name[]
    const name = names.find((one) => parts[one] === undefined && isPart[one](word))
    if (name === undefined) return undefined
    parts[name] = word
  }
  return parts
}

const PRIORITY = /^priority:\d{1,6}$/

export const SOCIAL_INTERACTS: LineForm<SocialInteract> = {
  example: 'activitypub https://social.example/@show/1 @show',
  shows: ({ protocol, uri, accountId, accountUrl, priority }) =>
    joined(protocol, uri, accountId, accountUrl, priority !== null && `priority:${priority}`),
  reads: (line) => {
    const [protocol = '', ...words] = line.split(' ')
    const uri = protocol === 'disabled' ? null : (words.shift() ?? '')
    const isReadable = PROTOCOL.test(protocol) && (uri === null || ADDRESS_OF_ANY_KIND.test(uri))
    const parts = partsIn(words, {
      priority: (word) => PRIORITY.test(word),
      accountUrl: isAddress,
      accountId: () => true,
    })
    if (!isReadable || !parts || (uri === null && words.length > 0)) return undefined
    const { accountId = null, accountUrl = null, priority } = parts
    const place = priority === undefined ? null : Number(priority.slice('priority:'.length))
    return { protocol, uri, accountId, accountUrl, priority: place }
  },
}

const HOST_OF_CHAT = /^[^\s/:]+(?::\d{1,5})?$/
const OF_CHAT = /^(space|account):(.+)$/

export const CHAT: LineForm<Chat> = {
  example: 'irc irc.example space:#tea account:@ann',
  shows: ({ protocol, server, space, accountId }) =>
    joined(protocol, server, space && `space:${space}`, accountId && `account:${accountId}`),
  reads: (line) => {
    const [protocol = '', server = '', ...words] = line.split(' ')
    const parts = partsIn(words, {
      space: (word) => word.startsWith('space:') && OF_CHAT.test(word),
      account: (word) => word.startsWith('account:') && OF_CHAT.test(word),
    })
    if (!PROTOCOL.test(protocol) || !HOST_OF_CHAT.test(server) || !parts) return undefined
    const valueOf = (word: string | undefined) => OF_CHAT.exec(word ?? '')?.[2] ?? null
    return { server, protocol, accountId: valueOf(parts.account), space: valueOf(parts.space) }
  },
}

const SERVICE = /^[a-z0-9][a-z0-9._-]*$/i

export const BLOCKS: LineForm<ServiceBlock> = {
  example: 'youtube',
  shows: ({ service, blocked }) => joined(service ?? 'all', !blocked && 'may'),
  reads: (line) => {
    const [service = '', may, ...more] = line.split(' ')
    // For all there is a box.
    const isOne = service !== 'all' || may === 'may'
    const isReadable = SERVICE.test(service) && more.length === 0 && (may ?? 'may') === 'may'
    if (!isReadable || !isOne) return undefined
    return { service: service === 'all' ? null : service.toLowerCase(), blocked: may !== 'may' }
  },
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

export const TRAILERS: LineForm<Json<Trailer>> = {
  example: 'https://example.com/trailer.mp3 2026-01-02 What to expect',
  shows: ({ url, publishedAt, title }) => joined(url, publishedAt?.slice(0, 10), title),
  reads: (line) => {
    const [url, rest] = split(line)
    const [day, title] = split(rest)
    const moment = DAY.test(day) ? Date.parse(day) : NaN
    if (!isAddress(url) || Number.isNaN(moment) || title === '') return undefined
    const publishedAt = new Date(moment).toISOString()
    return { title, url, publishedAt, type: null, length: null, season: null }
  },
}

export const CONTENT_LINKS: LineForm<ContentLink> = {
  example: 'https://video.example/watch Watch it',
  shows: ({ url, text }) => joined(url, text),
  reads: (line) => {
    const [url, text] = split(line)
    return isAddress(url) ? { url, text } : undefined
  },
}

export const SOURCES: LineForm<AlternateEnclosure['sources'][number]> = {
  example: 'https://example.com/small.opus',
  shows: ({ uri, contentType }) => joined(uri, contentType),
  reads: (line) => {
    const [uri = '', contentType = null, ...more] = line.split(' ')
    const isReadable = ADDRESS_OF_ANY_KIND.test(uri) && more.length === 0
    return isReadable && (contentType === null || MEDIA_TYPE.test(contentType))
      ? { uri, contentType }
      : undefined
  },
}

/** A line as it is. */
export const TEXTS: LineForm<string> = {
  example: 'Gardening',
  shows: (text) => text,
  reads: (line) => line,
}

export const TXTS: LineForm<Txt> = {
  example: '[applepodcastsverify] 1234-abcd',
  shows: ({ purpose, text }) => joined(purpose !== null && `[${purpose}]`, text),
  reads: (line) => {
    const [, purpose, text] = /^\[([^\]]{1,128})\] (.+)$/.exec(line) ?? []
    return purpose && text ? { purpose, text } : { purpose: null, text: line }
  },
}

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export const PODROLL: LineForm<RemoteItem> = {
  example: 'https://example.com/feed.xml The Show',
  shows: ({ feedUrl, feedGuid, title }) => joined(feedUrl ?? feedGuid, title),
  reads: (line) => {
    const [first, rest] = split(line)
    const none = { itemGuid: null, medium: null, title: rest === '' ? null : rest }
    if (GUID.test(first)) return { feedGuid: first.toLowerCase(), feedUrl: null, ...none }
    return isAddress(first) ? { feedGuid: podcastGuid(first), feedUrl: first, ...none } : undefined
  },
}

/** The feed of who publishes a show. */
export const PUBLISHER: LineForm<RemoteItem> = {
  ...PODROLL,
  example: 'https://example.com/publisher.xml The Network',
  reads: (line) => {
    const read = PODROLL.reads(line)
    return read && { ...read, medium: 'publisher' }
  },
}

const FROM = /^from:(\d{4}-\d{2}-\d{2})$/

export const UPDATE_FREQUENCY: LineForm<Json<UpdateFrequency>> = {
  example: 'Every Friday FREQ=WEEKLY;BYDAY=FR',
  shows: ({ text, rrule, startsAt, complete }) =>
    joined(text, rrule, startsAt && `from:${startsAt.slice(0, 10)}`, complete && 'complete'),
  reads: (line) => {
    const words = line.split(' ')
    const rrule = words.find((word) => word.startsWith('FREQ=')) ?? null
    const from = words.find((word) => FROM.test(word))
    const moment = from === undefined ? null : Date.parse(from.slice('from:'.length))
    const complete = words.length > 1 && words.at(-1) === 'complete'
    const spoken = complete ? words.slice(0, -1) : words
    const text = spoken.filter((word) => word !== rrule && word !== from).join(' ')
    if (text === '' || Number.isNaN(moment)) return undefined
    const startsAt = moment === null ? null : new Date(moment).toISOString()
    return { text, rrule, startsAt, complete }
  },
}

const RECIPIENT = /^(?:(.+) )?(\S+) (\d{1,9})$/
const LIGHTNING_ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const NODE = /^[0-9a-f]{66}$/i

export const RECIPIENTS: LineForm<ValueRecipient> = {
  example: 'Ann ann@wallet.example 90',
  shows: ({ name, address, split: share }) => joined(name, address, share),
  reads: (line) => {
    const [, name, address = '', share = ''] = RECIPIENT.exec(line) ?? []
    const isNode = NODE.test(address)
    if (!isNode && !LIGHTNING_ADDRESS.test(address)) return undefined
    return {
      name: name ?? null,
      type: isNode ? 'node' : 'lnaddress',
      address,
      split: share,
      customKey: null,
      customValue: null,
      fee: false,
    }
  },
}
