import {
  type Chat,
  type Funding,
  type Image,
  type License,
  type Location,
  type Person,
  type RemoteItem,
  type SocialInteract,
  type Txt,
  type Value,
} from '../feed.ts'
import { el, type Markup, parent } from './xml.ts'

/** What the podcast namespace lets both a channel and an item say, as far as it is said. */
interface Shared {
  readonly people?: readonly Person[]
  readonly funding?: readonly Funding[]
  readonly locations?: readonly Location[]
  readonly license?: License | null
  readonly images?: readonly Image[]
  readonly socialInteracts?: readonly SocialInteract[]
  readonly txts?: readonly Txt[]
  readonly values?: readonly Value[]
  readonly chat?: Chat | null
}

export function sharedElements(shared: Shared): Markup[] {
  return [
    ...(shared.funding ?? []).map(({ url, text }) => el('podcast:funding', { url }, text)),
    ...(shared.people ?? []).map(person),
    ...(shared.locations ?? []).map(location),
    shared.license && el('podcast:license', { url: shared.license.url }, shared.license.name),
    ...(shared.images ?? []).map(image),
    ...(shared.socialInteracts ?? []).map(socialInteract),
    ...(shared.txts ?? []).map(({ purpose, text }) => el('podcast:txt', { purpose }, text)),
    ...(shared.values ?? []).map(value),
    shared.chat && el('podcast:chat', { ...shared.chat }),
  ]
}

function person({ name, role, group, imageUrl, link }: Person): string {
  return el('podcast:person', { role, group, img: imageUrl, href: link }, name)
}

function location({ name, rel, geo, osm, country }: Location): string {
  return el('podcast:location', { rel, geo, osm, country }, name)
}

function image(image: Image): string {
  return el('podcast:image', {
    href: image.url,
    alt: image.alt,
    'aspect-ratio': image.aspectRatio,
    width: image.width,
    height: image.height,
    type: image.type,
    purpose: image.purpose,
  })
}

function socialInteract(interact: SocialInteract): string {
  const { protocol, uri, accountId, accountUrl, priority } = interact
  return el('podcast:socialInteract', { protocol, uri, accountId, accountUrl, priority })
}

function value({ type, method, suggested, recipients }: Value): string {
  return parent(
    'podcast:value',
    { type, method, suggested },
    recipients.map((recipient) => el('podcast:valueRecipient', { ...recipient })),
  )
}

export function remoteItem(item: RemoteItem): string {
  const { feedGuid, feedUrl, itemGuid, medium, title } = item
  return el('podcast:remoteItem', { feedGuid, feedUrl, itemGuid, medium, title })
}
