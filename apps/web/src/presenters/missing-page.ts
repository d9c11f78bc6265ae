import { type PodcastWithHosts } from '@showrunner/domain/podcasts'
import { type Suggestion } from '@showrunner/domain/search'
import { foundAddress } from './found-address.ts'
import { type Site, type SiteLink } from './frame.ts'
import { noticePage, type NoticePage } from './notice-page.ts'
import { showCards, type ShowCard } from './show-card.ts'

/** An address at which nothing is, or nothing any more. */
export interface MissingPage extends NoticePage {
  readonly address: string
  readonly isGone: boolean
  /** What the search begins with. */
  readonly text: string
  /** What may have been meant. */
  readonly meant: readonly MeantLink[]
  readonly shows: readonly ShowCard[]
}

interface MeantLink extends SiteLink {
  readonly of: string | null
}

export function missingPage(
  site: Site,
  missing: {
    readonly address: string
    readonly isGone: boolean
    readonly text: string
    readonly meant: readonly Suggestion[]
    readonly shows: readonly PodcastWithHosts[]
  },
): MissingPage {
  const { address, isGone, text, meant, shows } = missing
  const { problems } = site.words
  return {
    ...noticePage(site, isGone ? problems.goneTitle : problems.notFoundTitle, address),
    address,
    isGone,
    text,
    meant: meant.map((one) => ({
      title: one.title,
      href: foundAddress(one),
      of: one.podcast?.title ?? null,
    })),
    shows: showCards(shows, site.words),
  }
}
