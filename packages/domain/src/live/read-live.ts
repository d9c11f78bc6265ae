import { from, type Query, type Repo } from '@showrunner/data'
import { Episode, ofVisiblePodcasts } from '../episodes/index.ts'
import { PUBLIC_STATUSES } from '../podcasts/index.ts'
import { LiveNote } from './live-note.ts'
import { LiveReaction } from './live-reaction.ts'
import { LiveShow, type LiveShowOfEpisode } from './live-show.ts'

const HOUR_MS = 60 * 60_000
/** A show that nobody began is no longer announced so long after it was to begin. */
const FORGOTTEN_MS = 6 * HOUR_MS

/** What everybody may know of: shows of podcasts that are not drafts. */
function announced<Spec>(shows: Query<typeof LiveShow, Spec>): Query<typeof LiveShow, Spec> {
  return shows.where((eb) =>
    eb.exists(
      eb
        .selectFrom('podcasts')
        .select('podcasts.id')
        .whereRef('podcasts.id', '=', 'live_shows.podcastId')
        .where('podcasts.status', 'in', PUBLIC_STATUSES),
    ),
  )
}

/** On air now, the one that began first at first. */
export async function listOnAir(repo: Repo): Promise<readonly LiveShowOfEpisode[]> {
  return repo.all(
    announced(from(LiveShow))
      .where((eb) => eb.and([eb('wentLiveAt', 'is not', null), eb('endedAt', 'is', null)]))
      .orderBy({ wentLiveAt: 'asc', id: 'asc' })
      .preload({ episode: 'podcast' }),
  )
}

/** Yet to come, the next one first. */
export async function listUpcoming(
  repo: Repo,
  asOf: Date,
  count: number,
): Promise<readonly LiveShowOfEpisode[]> {
  return repo.all(
    announced(from(LiveShow))
      .where((eb) => eb.and([eb('wentLiveAt', 'is', null), eb('endedAt', 'is', null)]))
      .where('startsAt', '>', new Date(asOf.getTime() - FORGOTTEN_MS))
      .orderBy({ startsAt: 'asc', id: 'asc' })
      .limit(count)
      .preload({ episode: 'podcast' }),
  )
}

/** The shows that a podcast's feed tells of: on air, yet to come, and over for less than a day. */
export async function listLiveItems(
  repo: Repo,
  podcastId: number,
  asOf: Date,
): Promise<readonly LiveShowOfEpisode[]> {
  const shows = await repo.all(
    from(LiveShow)
      .where({ podcastId })
      .where('startsAt', '>', new Date(asOf.getTime() - 48 * HOUR_MS))
      .orderBy({ startsAt: 'desc', id: 'desc' })
      .limit(10)
      .preload({ episode: 'podcast' }),
  )
  return shows.filter(({ wentLiveAt, startsAt, endedAt }) => {
    if (endedAt) return asOf.getTime() - endedAt.getTime() < 24 * HOUR_MS
    return wentLiveAt !== null || asOf.getTime() - startsAt.getTime() < FORGOTTEN_MS
  })
}

/** The show of an episode, of a podcast that anybody may see. */
export async function findLiveShow(repo: Repo, episodeId: number): Promise<LiveShow | undefined> {
  return repo.getBy(announced(from(LiveShow)), { episodeId })
}

/** The same, by the address of the episode, which need not be out. */
export async function findLiveShowAt(
  repo: Repo,
  podcastId: number,
  slug: string,
): Promise<LiveShowOfEpisode | undefined> {
  const episode = await repo.getBy(from(Episode).pipe(ofVisiblePodcasts), { podcastId, slug })
  if (!episode) return undefined
  return repo.getBy(from(LiveShow).preload({ episode: 'podcast' }), { episodeId: episode.id })
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
