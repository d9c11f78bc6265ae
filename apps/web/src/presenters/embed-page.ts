import { type EpisodeWithChapters } from '@showrunner/domain/episodes'
import { SPEEDS } from '../../assets/scripts/player/speeds.ts'
import { absolute, addresses } from '../addresses.ts'
import { type SafeHtml } from '../safe-html.ts'
import { chapterLines, type ChapterLine } from './chapters.ts'
import { cover, type Cover } from './cover.ts'
import { showName, type ShowName } from './episode-line.ts'
import { type Site } from './frame.ts'
import { listen, type Listen } from './listen.ts'

export const EMBED_THEMES = ['light', 'dark', 'auto'] as const
export type EmbedTheme = (typeof EMBED_THEMES)[number]

/** The player of an episode alone, as a page elsewhere has it in a frame. */
export interface EmbedPage {
  readonly language: string
  readonly theme: EmbedTheme
  readonly title: string
  readonly site: string
  readonly assets: SafeHtml
  readonly canonical: string
  /** Where it leads: the page of the episode, in full. */
  readonly href: string
  readonly showHref: string
  readonly show: ShowName
  readonly cover: Cover
  readonly listen: Listen | null
  readonly chapters: readonly ChapterLine[]
  readonly speeds: readonly number[]
}

export function embedPage(
  site: Site,
  { episode, theme }: { readonly episode: EpisodeWithChapters; readonly theme: EmbedTheme },
): EmbedPage {
  const { podcast } = episode
  const href = absolute(site.publicUrl, addresses.episode(podcast.slug, episode.slug))

  return {
    language: site.language,
    theme,
    title: episode.title,
    site: site.title,
    assets: site.embedAssets,
    canonical: href,
    href,
    showHref: absolute(site.publicUrl, addresses.podcast(podcast.slug)),
    show: showName(podcast),
    cover: cover(podcast.title, episode.coverUrl ?? podcast.coverUrl),
    listen: listen(episode, podcast),
    chapters: chapterLines(episode.chapters, episode.audioDuration, site.words),
    speeds: SPEEDS,
  }
}
