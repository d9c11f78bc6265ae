import { type Podcast } from '@showrunner/domain/podcasts'
import { addresses } from '../addresses.ts'
import { type Words } from '../words/index.ts'
import { type SiteLink } from './frame.ts'

/** What everything of a podcast is below. */
export function podcastCrumbs(
  { slug, title }: Pick<Podcast, 'slug' | 'title'>,
  words: Words,
): readonly SiteLink[] {
  return [
    { title: words.frame.podcasts, href: addresses.podcasts },
    { title, href: addresses.podcast(slug) },
  ]
}
