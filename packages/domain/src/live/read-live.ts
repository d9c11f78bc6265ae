import { from, type Loaded, type Query, type Repo, subquery } from '@showrunner/data'
import { Podcast, visible } from '../podcasts/index.ts'
import { LiveNote } from './live-note.ts'
import { LiveReaction } from './live-reaction.ts'
import { LiveShow, type LiveShowOfEpisode } from './live-show.ts'

/** What everybody may know of: shows of podcasts that are not drafts. */
function announced<Spec>(shows: Query<typeof LiveShow, Spec>): Query<typeof LiveShow, Spec> {
  return shows.where('podcastId', 'in', subquery(from(Podcast).pipe(visible).select('id')))
}

/** On air now, the one that began first at first. */
export async function listOnAir(repo: Repo): Promise<readonly LiveShowOfEpisode[]> {
  return repo.all(
    announced(from(LiveShow))
      .where('wentLiveAt', 'is not', null)
      .where('endedAt', 'is', null)
      .orderBy({ wentLiveAt: 'asc', id: 'asc' })
      .preload({ episode: 'podcast' }),
  )
}

/** Yet to come, of one podcast or of all, the next one first. */
export async function listUpcoming(
  repo: Repo,
  asOf: Date,
  count: number,
  podcastId?: number,
): Promise<readonly LiveShowOfEpisode[]> {
  const shows = announced(from(LiveShow))
    .where('wentLiveAt', 'is', null)
    .where('endedAt', 'is', null)
    .where('announcedUntil', '>', asOf)
    .orderBy({ startsAt: 'asc', id: 'asc' })
    .limit(count)
    .preload({ episode: 'podcast' })
  return repo.all(podcastId === undefined ? shows : shows.where({ podcastId }))
}

const IN_FEED = [
  { episode: [{ episodeHosts: ['person'] }, { episodeGuests: ['person'] }, 'pictures'] },
] as const
export type LiveShowInFeed = Loaded<typeof LiveShow, typeof IN_FEED>

/** The shows that a podcast's feed tells of, the last to begin first: on air, yet to come, and over for less than a day. */
export async function listLiveItems(
  repo: Repo,
  podcastId: number,
  asOf: Date,
): Promise<readonly LiveShowInFeed[]> {
  const shows = from(LiveShow)
    .where({ podcastId })
    .orderBy({ startsAt: 'desc', id: 'desc' })
    .limit(10)
    .preload(...IN_FEED)
  const [onAir, others] = await Promise.all([
    repo.all(shows.where('announcedUntil', 'is', null)),
    repo.all(shows.where('announcedUntil', '>', asOf)),
  ])
  return [...onAir, ...others]
}

/** The show of an episode, of a podcast that anybody may see. */
export async function findLiveShow(repo: Repo, episodeId: number): Promise<LiveShow | undefined> {
  return repo.getBy(announced(from(LiveShow)), { episodeId })
}

/** @throws NotFoundError */
export async function getLiveShow(
  repo: Repo,
  podcastId: number,
  episodeId: number,
): Promise<LiveShow> {
  return repo.getByOrThrow(LiveShow, { podcastId, episodeId })
}

/** What was said by whoever makes the show, in the order it was said. */
export async function listLiveNotes(repo: Repo, episodeId: number): Promise<readonly LiveNote[]> {
  return repo.all(from(LiveNote).where({ episodeId }).orderBy({ id: 'asc' }).limit(500))
}

export async function countReactions(
  repo: Repo,
  episodeId: number,
): Promise<Readonly<Record<string, number>>> {
  const counted = await repo.all(from(LiveReaction).where({ episodeId }))
  return Object.fromEntries(counted.map(({ kind, count }) => [kind, count]))
}
