import { type PodcastWithHosts } from '@showrunner/domain/podcasts'
import { addresses } from '../addresses.ts'
import { networkFeeds } from './feeds-page.ts'
import { frame, type Frame, type Site } from './frame.ts'
import { showCards, type ShowCard } from './show-card.ts'

export interface PodcastsPage {
  readonly frame: Frame
  readonly shows: readonly ShowCard[]
}

export function podcastsPage(site: Site, podcasts: readonly PodcastWithHosts[]): PodcastsPage {
  return {
    frame: frame(site, {
      title: site.words.frame.podcasts,
      description: site.words.podcast.from(podcasts.length, site.title),
      address: addresses.podcasts,
      section: 'podcasts',
      feeds: [
        ...networkFeeds(site),
        ...podcasts.map(({ slug, title }) => ({ title, href: addresses.feed(slug) })),
      ],
    }),
    shows: showCards(podcasts, site.words),
  }
}
