import { type Settings } from '@showrunner/domain/settings'
import { addresses } from '../addresses.ts'
import { type Words } from '../words/index.ts'
import { type SiteLink } from './frame.ts'

/** Where else the network is. */
export function socials(network: Settings): readonly SiteLink[] {
  const known = [
    ['Mastodon', network.mastodonUrl],
    ['Bluesky', network.blueskyUrl],
    ['YouTube', network.youtubeUrl],
    ['Instagram', network.instagramUrl],
    ['LinkedIn', network.linkedinUrl],
    ['GitHub', network.githubUrl],
  ] as const

  return known.flatMap(([title, href]) => (href === null ? [] : [{ title, href }]))
}

/** What there is besides texts. */
interface Offered {
  readonly takesRequests: boolean
  readonly hasTopics: boolean
  readonly hasSponsors: boolean
}

/** What stands at the foot of every page: a text only when it was written. */
export function footnotes(
  { imprint, privacy, terms }: Settings,
  { api, frame, reading }: Words,
  { takesRequests, hasTopics, hasSponsors }: Offered,
): readonly SiteLink[] {
  return [
    { title: reading.archive, href: addresses.archive },
    { title: reading.people, href: addresses.people },
    ...(hasTopics ? [{ title: reading.topics, href: addresses.topics }] : []),
    ...(hasSponsors ? [{ title: reading.sponsors, href: addresses.sponsors }] : []),
    ...(takesRequests ? [{ title: frame.requestEpisode, href: addresses.request }] : []),
    { title: frame.forGuests, href: addresses.guest },
    { title: api.title, href: addresses.apiPage },
    ...(imprint === null ? [] : [{ title: frame.imprint, href: addresses.imprint }]),
    ...(privacy === null ? [] : [{ title: frame.privacy, href: addresses.privacy }]),
    ...(terms === null ? [] : [{ title: frame.terms, href: addresses.terms }]),
  ]
}
