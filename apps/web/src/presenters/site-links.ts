import { type Settings } from '@showrunner/domain/settings'
import { addresses } from '../addresses.ts'
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

/** What stands at the foot of every page: a text only when it was written. */
export function footnotes(
  { imprint, privacy, terms }: Settings,
  { takesRequests }: { readonly takesRequests: boolean },
): readonly SiteLink[] {
  return [
    ...(takesRequests ? [{ title: 'Ask for an episode', href: addresses.request }] : []),
    { title: 'For guests', href: addresses.guest },
    ...(imprint === null ? [] : [{ title: 'Imprint', href: addresses.imprint }]),
    ...(privacy === null ? [] : [{ title: 'Privacy', href: addresses.privacy }]),
    ...(terms === null ? [] : [{ title: 'Terms', href: addresses.terms }]),
  ]
}
