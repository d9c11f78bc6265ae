import {
  type AlternateEnclosure,
  type Chat,
  type ContentLink,
  type Funding,
  type Image,
  type Integrity,
  type License,
  type Location,
  type Person,
  type RemoteItem,
  type SocialInteract,
  type Txt,
  type Value,
  type ValueRecipient,
} from '../feed.ts'
import { attribute, childrenOf, type Node } from './node.ts'
import { type Reading } from './reading.ts'
import { collapse, parseCount, parseNumber, parseUri, parseYes } from '../values.ts'

/** What the podcast namespace lets both a channel and an item say. */
export interface Shared {
  readonly people: readonly Person[]
  readonly funding: readonly Funding[]
  readonly locations: readonly Location[]
  readonly license: License | null
  readonly images: readonly Image[]
  readonly socialInteracts: readonly SocialInteract[]
  readonly txts: readonly Txt[]
  readonly values: readonly Value[]
  readonly chat: Chat | null
}

export function readShared(parent: Node, reading: Reading): Shared {
  return {
    people: all(parent, 'podcast:person', (node) => person(node, reading)),
    funding: all(parent, 'podcast:funding', (node) => funding(node, reading)),
    locations: all(parent, 'podcast:location', location),
    license: all(parent, 'podcast:license', (node) => license(node, reading))[0] ?? null,
    images: all(parent, 'podcast:image', (node) => image(node, reading)),
    socialInteracts: all(parent, 'podcast:socialinteract', (node) => socialInteract(node, reading)),
    txts: all(parent, 'podcast:txt', txt),
    values: all(parent, 'podcast:value', value),
    chat: all(parent, 'podcast:chat', chat)[0] ?? null,
  }
}

/** What `read` makes of each child of this name, without those it makes nothing of. */
export function all<T>(parent: Node, name: string, read: (node: Node) => T | null): T[] {
  return childrenOf(parent, name)
    .map(read)
    .filter((value) => value !== null)
}

function person(node: Node, reading: Reading): Person | null {
  const name = collapse(node.text)
  if (name === '') return null
  return {
    name,
    role: attribute(node, 'role')?.toLowerCase() ?? 'host',
    group: attribute(node, 'group')?.toLowerCase() ?? 'cast',
    imageUrl: reading.url(node, attribute(node, 'img')),
    link: reading.url(node, attribute(node, 'href')),
  }
}

function funding(node: Node, reading: Reading): Funding | null {
  const url = reading.url(node, attribute(node, 'url'))
  return url === null ? null : { url, text: collapse(node.text) }
}

function location(node: Node): Location | null {
  const name = collapse(node.text)
  const geo = attribute(node, 'geo')
  if (name === '' && geo === null) return null
  return {
    name,
    rel: attribute(node, 'rel'),
    geo,
    osm: attribute(node, 'osm'),
    country: attribute(node, 'country'),
  }
}

function license(node: Node, reading: Reading): License | null {
  const name = collapse(node.text)
  return name === '' ? null : { name, url: reading.url(node, attribute(node, 'url')) }
}

function image(node: Node, reading: Reading): Image | null {
  const url = reading.url(node, attribute(node, 'href') ?? attribute(node, 'url'))
  if (url === null) return null
  return {
    url,
    alt: attribute(node, 'alt'),
    type: attribute(node, 'type'),
    purpose: attribute(node, 'purpose'),
    aspectRatio: attribute(node, 'aspect-ratio'),
    width: number(node, 'width', parseCount),
    height: number(node, 'height', parseCount),
  }
}

function socialInteract(node: Node, reading: Reading): SocialInteract | null {
  const protocol = attribute(node, 'protocol')?.toLowerCase()
  // The tag's first draft called the address `url` and had no protocol.
  const uri = parseUri(attribute(node, 'uri') ?? attribute(node, 'url') ?? node.text)
  if (protocol === undefined || (uri === null && protocol !== 'disabled')) return null
  return {
    protocol,
    uri,
    accountId: attribute(node, 'accountid'),
    accountUrl: reading.url(node, attribute(node, 'accounturl')),
    priority: number(node, 'priority', parseCount),
  }
}

function txt(node: Node): Txt | null {
  const text = node.text.trim()
  return text === '' ? null : { purpose: attribute(node, 'purpose'), text }
}

function value(node: Node): Value | null {
  const type = attribute(node, 'type')
  if (type === null) return null
  return {
    type,
    method: attribute(node, 'method') ?? '',
    suggested: attribute(node, 'suggested'),
    recipients: all(node, 'podcast:valuerecipient', recipient),
  }
}

function recipient(node: Node): ValueRecipient | null {
  const type = attribute(node, 'type')
  const address = attribute(node, 'address')
  if (type === null || address === null) return null
  return {
    name: attribute(node, 'name'),
    type,
    address,
    split: attribute(node, 'split') ?? '',
    customKey: attribute(node, 'customkey'),
    customValue: attribute(node, 'customvalue'),
    fee: parseYes(attribute(node, 'fee') ?? '') ?? false,
  }
}

function chat(node: Node): Chat | null {
  const server = attribute(node, 'server')
  const protocol = attribute(node, 'protocol')
  if (server === null || protocol === null) return null
  return {
    server,
    protocol,
    accountId: attribute(node, 'accountid'),
    space: attribute(node, 'space'),
  }
}

export function remoteItem(node: Node, reading: Reading): RemoteItem | null {
  const feedGuid = attribute(node, 'feedguid')
  if (feedGuid === null) return null
  return {
    feedGuid,
    feedUrl: reading.url(node, attribute(node, 'feedurl')),
    itemGuid: attribute(node, 'itemguid'),
    medium: attribute(node, 'medium'),
    title: attribute(node, 'title'),
  }
}

export function alternateEnclosure(node: Node): AlternateEnclosure | null {
  const sources = all(node, 'podcast:source', (source) => {
    const uri = parseUri(attribute(source, 'uri') ?? '')
    return uri === null ? null : { uri, contentType: attribute(source, 'contenttype') }
  })
  const type = attribute(node, 'type')
  if (type === null || sources.length === 0) return null
  return {
    type,
    length: number(node, 'length', parseNumber),
    bitrate: number(node, 'bitrate', parseNumber),
    height: number(node, 'height', parseCount),
    language: attribute(node, 'lang'),
    title: attribute(node, 'title'),
    rel: attribute(node, 'rel'),
    codecs: attribute(node, 'codecs'),
    isDefault: parseYes(attribute(node, 'default') ?? '') ?? false,
    sources,
    integrity: all(node, 'podcast:integrity', integrity)[0] ?? null,
  }
}

function integrity(node: Node): Integrity | null {
  const type = attribute(node, 'type')
  const text = attribute(node, 'value')
  return type === null || text === null ? null : { type, value: text }
}

export function contentLink(node: Node, reading: Reading): ContentLink | null {
  const url = reading.url(node, attribute(node, 'href'))
  return url === null ? null : { url, text: collapse(node.text) }
}

export function number(
  node: Node,
  name: string,
  parse: (text: string) => number | null,
): number | null {
  const text = attribute(node, name)
  return text === null ? null : parse(text)
}
