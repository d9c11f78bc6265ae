import { type EpisodeToRead } from '@showrunner/domain/episodes'
import { addresses } from '../addresses.ts'
import { type SafeHtml } from '../safe-html.ts'
import { chapterLines, type ChapterLine } from './chapters.ts'
import { podcastCrumbs } from './crumbs.ts'
import { frame, type Frame, type Site, type SiteLink } from './frame.ts'
import { listen, type Listen } from './listen.ts'
import { palette } from './palette.ts'
import { titleSize, type TitleSize } from './title-size.ts'
import { transcriptSection, type TranscriptSection } from './transcript-section.ts'

/** All that is said in an episode, with its sound. */
export interface TranscriptReadPage {
  readonly frame: Frame
  readonly style: SafeHtml
  readonly crumbs: readonly SiteLink[]
  readonly language: string
  readonly episode: { readonly title: string; readonly href: string; readonly size: TitleSize }
  readonly listen: Listen | null
  readonly chapters: readonly ChapterLine[]
  readonly download: string
  readonly share: null
  readonly transcript: TranscriptSection | null
}

export function transcriptReadPage(site: Site, episode: EpisodeToRead): TranscriptReadPage {
  const { words } = site
  const { podcast, title } = episode
  const href = addresses.episode(podcast.slug, episode.slug)

  return {
    frame: frame(site, {
      title: words.transcript.of(title),
      of: podcast.title,
      description: words.transcript.of(`${title}, ${podcast.title}`),
      address: addresses.transcriptPage(podcast.slug, episode.slug),
      image: episode.coverUrl ?? podcast.coverUrl,
      type: 'article',
      language: podcast.language,
      crumbs: [...podcastCrumbs(podcast, words), { title, href }],
    }),
    style: palette(podcast),
    crumbs: podcastCrumbs(podcast, words),
    language: podcast.language,
    episode: { title, href, size: titleSize(title, { short: 34, long: 75 }) },
    listen: listen(episode, podcast),
    chapters: chapterLines(episode.chapters, episode.audioDuration, words),
    download: words.episode.download,
    share: null,
    transcript: transcriptSection(podcast.slug, episode, words, { isWhole: true }),
  }
}
