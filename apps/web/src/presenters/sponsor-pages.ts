import { type PublicSponsor, type SponsorPage as ShownSponsor } from '@showrunner/domain/sponsors'
import { addresses } from '../addresses.ts'
import { safeHtml } from '../safe-html.ts'
import { excerpt } from './excerpts.ts'
import { titledCard } from './share-card.ts'
import { frame, type Site } from './frame.ts'
import { linesTitle } from './lines-page.ts'
import { pagingOf } from './paging.ts'
import { aboutLines, type SubjectPage, type SubjectsPage, websiteOf } from './topic-pages.ts'

export function sponsorsPage(site: Site, sponsors: readonly PublicSponsor[]): SubjectsPage {
  const { words } = site

  return {
    frame: frame(site, {
      title: words.reading.sponsors,
      description: words.reading.sponsorsOf(site.title),
      address: addresses.sponsors,
    }),
    title: words.reading.sponsors,
    empty: words.reading.noSponsors,
    subjects: sponsors.map(({ slug, name, description, logoUrl, episodes }) => ({
      id: `sponsor-${slug}`,
      href: addresses.sponsor(slug),
      name,
      logoUrl,
      words: description && excerpt(description, 140),
      count: words.podcast.episodes(episodes),
    })),
  }
}

export function sponsorPage(site: Site, { sponsor, episodes }: ShownSponsor): SubjectPage {
  const { words } = site
  const addressOf = (page: number) => addresses.sponsor(sponsor.slug, page)
  const crumb = { title: words.reading.sponsors, href: addresses.sponsors }
  const isFirst = episodes.page === 1
  const paging = pagingOf(episodes, words, addressOf)

  return {
    frame: frame(site, {
      title: isFirst ? sponsor.name : words.lists.page(sponsor.name, episodes.page),
      description: sponsor.description && excerpt(sponsor.description, 200),
      address: addressOf(episodes.page),
      image: sponsor.logoUrl,
      card: titledCard(site, { above: words.reading.sponsors, title: sponsor.name }, null),
      crumbs: [crumb],
      paging,
    }),
    crumb,
    ...linesTitle(sponsor.name),
    logoUrl: sponsor.logoUrl,
    // Sanitised by the domain when the description was saved.
    descriptionHtml: isFirst && sponsor.descriptionHtml ? safeHtml(sponsor.descriptionHtml) : null,
    website: websiteOf(sponsor, 'sponsored'),
    shows: [],
    episodesTitle: words.reading.sponsored,
    lines: aboutLines(episodes, words),
    paging,
    posts: [],
    allPosts: null,
  }
}
