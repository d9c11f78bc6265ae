import { type EpisodeWithChapters } from '@showrunner/domain/episodes'
import { type Chapter } from '../../assets/scripts/player/chapter.ts'
import { type Track } from '../../assets/scripts/player/track.ts'
import { listen } from './listen.ts'
import { palette } from './palette.ts'

/** An episode as players in the browser know it; undefined where there is nothing to be heard. */
export function playData(
  episode: EpisodeWithChapters,
): (Track & { readonly chapters: readonly Chapter[] }) | undefined {
  const heard = listen(episode, episode.podcast)
  if (!heard) return undefined

  return {
    episode: heard.href,
    audioUrl: heard.audioUrl,
    title: heard.title,
    show: heard.show,
    imageUrl: heard.imageUrl ?? '',
    colours: palette(episode.podcast).toString(),
    seconds: heard.length?.seconds ?? 0,
    chapters: episode.chapters.map(({ startsMs, title, linkUrl, imageUrl, hidden }) => ({
      at: startsMs / 1000,
      title: title ?? '',
      link: linkUrl ?? '',
      imageUrl: imageUrl ?? '',
      listed: !hidden,
    })),
  }
}
