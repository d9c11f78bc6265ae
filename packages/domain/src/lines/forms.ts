import {
  type Funding,
  type License,
  type Location,
  podcastGuid,
  type RemoteItem,
  type SocialInteract,
  type Soundbite,
  type Txt,
  type UpdateFrequency,
  type ValueRecipient,
} from '@showrunner/feeds'
import { type Json, WEB_ADDRESS } from '../formats/index.ts'
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

export const SOCIAL_INTERACTS: LineForm<SocialInteract> = {
  example: 'activitypub https://social.example/@show/1 @show',
  shows: ({ protocol, uri, accountId }) => joined(protocol, uri, accountId),
  reads: (line) => {
    const [protocol = '', uri = null, accountId = null, ...more] = line.split(' ')
    const isReadable = PROTOCOL.test(protocol) && more.length === 0
    const hasPlace = protocol === 'disabled' ? uri === null : ADDRESS_OF_ANY_KIND.test(uri ?? '')
    if (!isReadable || !hasPlace) return undefined
    return { protocol, uri, accountId, accountUrl: null, priority: null }
  },
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

export const UPDATE_FREQUENCY: LineForm<Json<UpdateFrequency>> = {
  example: 'Every Friday FREQ=WEEKLY;BYDAY=FR',
  shows: ({ text, rrule }) => joined(text, rrule),
  reads: (line) => {
    const words = line.split(' ')
    const rrule = words.find((word) => word.startsWith('FREQ=')) ?? null
    const text = words.filter((word) => word !== rrule).join(' ')
    return text === '' ? undefined : { text, rrule, startsAt: null, complete: false }
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
