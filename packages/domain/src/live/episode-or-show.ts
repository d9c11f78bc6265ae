import { from, type Loaded, type Repo } from '@showrunner/data'
import { Chapter, Episode, type EpisodePage, findEpisodePage } from '../episodes/index.ts'
import { getPodcast } from '../podcasts/index.ts'
import { type LiveNote } from './live-note.ts'
import { LiveShow, type LiveShowOfEpisode } from './live-show.ts'
import { listLiveNotes } from './read-live.ts'

const ANNOUNCED = ['podcast', { episodeHosts: ['person'] }, { episodeGuests: ['person'] }] as const
export type AnnouncedEpisode = Loaded<typeof Episode, typeof ANNOUNCED>

/** What the page of an episode shows of its live show. */
export interface LiveSide {
  readonly show: LiveShow
  readonly notes: readonly LiveNote[]
}

/** What is at the address of an episode: itself once it is out, until then its live show, if one was announced. */
export type EpisodeOrShow =
  | { readonly isOut: true; readonly shown: EpisodePage; readonly live: LiveSide | undefined }
  | {
      readonly isOut: false
      readonly episode: AnnouncedEpisode
      readonly live: LiveSide
      /** Those marked while it was on air. What else is prepared is for when it is out. */
      readonly chapters: readonly Chapter[]
    }

/**
 * @throws NotFoundError when there is no such podcast that anybody may see, or neither such an episode of it nor an announced show.
 */
export async function getEpisodeOrShow(
  repo: Repo,
  podcastSlug: string,
  slug: string,
  asOf: Date,
): Promise<EpisodeOrShow> {
  const { id: podcastId } = await getPodcast(repo, podcastSlug)
  const shown = await findEpisodePage(repo, podcastId, slug, asOf)
  if (shown) {
    const show = await repo.getBy(LiveShow, { episodeId: shown.episode.id })
    return { isOut: true, shown, live: show && (await sideOf(repo, show)) }
  }
  const episode = await repo.getByOrThrow(from(Episode).preload(...ANNOUNCED), { podcastId, slug })
  const show = await getAnnounced(repo, episode.id, asOf)
  const [live, chapters] = await Promise.all([sideOf(repo, show), markedIn(repo, show)])
  return { isOut: false, episode, live, chapters }
}

async function getAnnounced(repo: Repo, episodeId: number, asOf: Date): Promise<LiveShow> {
  const begun = await repo.getBy(from(LiveShow).where('wentLiveAt', 'is not', null), { episodeId })
  return (
    begun ?? repo.getByOrThrow(from(LiveShow).where('announcedUntil', '>', asOf), { episodeId })
  )
}

async function sideOf(repo: Repo, show: LiveShow): Promise<LiveSide> {
  return { show, notes: await listLiveNotes(repo, show.episodeId) }
}

async function markedIn(repo: Repo, show: LiveShow): Promise<readonly Chapter[]> {
  const { episodeId, wentLiveAt, endedAt } = show
  if (!wentLiveAt) return []
  const marked = from(Chapter)
    .where({ episodeId })
    .where('insertedAt', '>=', wentLiveAt)
    .orderBy({ startsMs: 'asc', id: 'asc' })
  return repo.all(endedAt ? marked.where('insertedAt', '<=', endedAt) : marked)
}

/**
 * The show of an episode, whether that is out or not.
 *
 * @throws NotFoundError
 */
export async function getShowAt(
  repo: Repo,
  podcastSlug: string,
  slug: string,
  asOf: Date,
): Promise<LiveShowOfEpisode> {
  const { id: podcastId } = await getPodcast(repo, podcastSlug)
  const { id } = await repo.getByOrThrow(from(Episode), { podcastId, slug })
  return repo.preload(await getAnnounced(repo, id, asOf), { episode: 'podcast' })
}
