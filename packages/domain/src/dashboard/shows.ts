import { from, type Repo } from '@showrunner/data'
import { type Activity, lastDone } from '../activity/index.ts'
import { Episode, visibleTo as episodesVisibleTo } from '../episodes/index.ts'
import { inOrder, Podcast, visibleTo } from '../podcasts/index.ts'
import { type Actor } from '../policies/index.ts'
import { blockersOf, type CheckedItem, checkEpisode, listToCheck } from '../publishing/index.ts'

/** A podcast that somebody works on, and what is in work there. */
export interface ShowToday {
  readonly podcast: Podcast
  /** What somebody worked on last comes first. */
  readonly drafts: readonly DraftInWork[]
  /** How many there are besides. */
  readonly moreDrafts: number
}

export interface DraftInWork {
  readonly episode: Pick<Episode, 'id' | 'podcastId' | 'title' | 'updatedAt'>
  /** What was done to it last; nothing, where that was never written down. */
  readonly lastDone: Activity | undefined
  /** What its checklist misses, what stands in the way of publishing first. */
  readonly missing: readonly CheckedItem[]
}

const DRAFTS_OF_EACH = 3
/** Of more than that nobody looks through. */
const MOST_DRAFTS = 500
const MOST_SHOWS = 60

/** The podcasts somebody works on, in the network's order, each with the drafts that were touched last. */
export async function showsToday(
  repo: Repo,
  actor: Actor,
  asOf: Date,
): Promise<readonly ShowToday[]> {
  const [podcasts, drafts] = await Promise.all([
    repo.all(
      inOrder(visibleTo(actor, from(Podcast)))
        .where('status', '!=', 'archived')
        .limit(MOST_SHOWS),
    ),
    repo.all(
      episodesVisibleTo(actor, from(Episode))
        .where({ published: false })
        .select('id', 'podcastId')
        .orderBy({ updatedAt: 'desc', id: 'desc' })
        .limit(MOST_DRAFTS),
    ),
  ])
  const idsOf = Map.groupBy(drafts, ({ podcastId }) => podcastId)
  const shown = podcasts.flatMap(({ id }) => (idsOf.get(id) ?? []).slice(0, DRAFTS_OF_EACH))
  const inWork = await draftsInWork(
    repo,
    actor,
    shown.map(({ id }) => id),
    asOf,
  )

  return podcasts.map((podcast) => {
    const all = idsOf.get(podcast.id) ?? []
    const theirs = all.slice(0, DRAFTS_OF_EACH).flatMap(({ id }) => inWork.get(id) ?? [])
    return { podcast, drafts: theirs, moreDrafts: all.length - theirs.length }
  })
}

async function draftsInWork(
  repo: Repo,
  actor: Actor,
  ids: readonly number[],
  asOf: Date,
): Promise<ReadonlyMap<number, DraftInWork>> {
  const [toCheck, done] = await Promise.all([
    listToCheck(repo, ids),
    lastDone(repo, actor, 'episode', ids),
  ])
  return new Map(
    toCheck.map((episode) => [
      episode.id,
      { episode, lastDone: done.get(episode.id), missing: missingOf(checkEpisode(episode, asOf)) },
    ]),
  )
}

function missingOf(items: readonly CheckedItem[]): readonly CheckedItem[] {
  return [...blockersOf(items), ...items.filter(({ level }) => level === 'warning')]
}
