import { type Podcast } from '@showrunner/domain/podcasts'
import { absolute, addresses } from './addresses.ts'

type Show = Pick<Podcast, 'slug' | 'appleUrl' | 'spotifyUrl' | 'youtubeUrl'>

interface Places {
  readonly publicUrl: string
  readonly membershipUrl: string | undefined
}

const APPLE_ID = /\/id(\d+)/

/** What the first part of an address leads to on a podcast's own host; nothing, where the show is not there. */
const SHORT: Readonly<Record<string, (show: Show, places: Places) => string | null>> = {
  apple: ({ appleUrl }) => appleUrl,
  spotify: ({ spotifyUrl }) => spotifyUrl,
  youtube: ({ youtubeUrl }) => youtubeUrl,
  android: ({ slug }, { publicUrl }) =>
    `https://www.subscribeonandroid.com/${bare(publicUrl)}${addresses.feed(slug)}`,
  overcast: (show) => withAppleId(show, (id) => `https://overcast.fm/itunes${id}`),
  pcast: (show) => withAppleId(show, (id) => `https://pca.st/itunes/${id}`),
  rss: ({ slug }) => addresses.feed(slug),
  feed: ({ slug }) => addresses.feed(slug),
  email: ({ slug }) => addresses.subscribeTo(slug),
  subscribe: ({ slug }) => addresses.subscribeTo(slug),
  '++': (_show, { membershipUrl }) => membershipUrl ?? null,
  request: ({ slug }) => addresses.requestFor(slug),
  guest: () => addresses.guest,
  community: () => addresses.people,
}

/** Where an address of a podcast's own host leads: to what it names, else to the same below its pages here. */
export function vanityAddress(show: Show, url: string, places: Places): string {
  const [path = '', query] = url.split('?')
  const rest = path.replace(/^[/\\]+|\/+$/g, '')
  const short = Object.hasOwn(SHORT, rest) ? SHORT[rest] : undefined
  if (short) return absolute(places.publicUrl, short(show, places) ?? addresses.podcast(show.slug))
  const below = rest === '' ? '' : `/${rest}`
  const asked = query === undefined ? '' : `?${query}`
  return absolute(places.publicUrl, addresses.podcast(show.slug)) + below + asked
}

function withAppleId({ appleUrl }: Show, address: (id: string) => string): string | null {
  const [, id] = APPLE_ID.exec(appleUrl ?? '') ?? []
  return id === undefined ? null : address(id)
}

function bare(publicUrl: string): string {
  return publicUrl.replace(/^https?:\/\//, '')
}
