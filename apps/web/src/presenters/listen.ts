import { type Episode } from '@showrunner/domain/episodes'
import { type Podcast } from '@showrunner/domain/podcasts'
import { SPEEDS } from '../../assets/scripts/player/speeds.ts'
import { addresses } from '../addresses.ts'
import { timeCode, type TimeCode } from './durations.ts'

/** What the player needs to know of an episode. */
export interface Listen {
  readonly audioUrl: string
  readonly audioType: string | null
  readonly length: TimeCode | null
  readonly title: string
  readonly show: string
  readonly href: string
  readonly imageUrl: string | null
  /** As one may choose them. */
  readonly speeds: readonly number[]
}

export type Playable = Pick<
  Episode,
  'slug' | 'title' | 'audioUrl' | 'audioType' | 'audioDuration' | 'coverUrl'
>

export function listen(
  episode: Playable,
  podcast: Pick<Podcast, 'slug' | 'title' | 'coverUrl'>,
): Listen | null {
  if (!episode.audioUrl) return null

  return {
    audioUrl: episode.audioUrl,
    audioType: episode.audioType,
    length: episode.audioDuration == null ? null : timeCode(episode.audioDuration),
    title: episode.title,
    show: podcast.title,
    href: addresses.episode(podcast.slug, episode.slug),
    imageUrl: episode.coverUrl ?? podcast.coverUrl,
    speeds: SPEEDS,
  }
}
