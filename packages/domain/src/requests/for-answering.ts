import { from, type Repo } from '@showrunner/data'
import { Episode } from '../episodes/index.ts'
import { inOrder, Podcast, visibleTo as podcastsVisibleTo } from '../podcasts/index.ts'
import { type Actor } from '../policies/index.ts'
import { type EpisodeRequest } from './episode-request.ts'

const MOST_OFFERED = 50

/** The podcasts whose requests somebody may see. */
export async function listAnswered(repo: Repo, actor: Actor): Promise<readonly Podcast[]> {
  return repo.all(podcastsVisibleTo(actor, from(Podcast)).pipe(inOrder))
}

/** The episodes that could answer a request, and answer none yet: the newest of its podcast. */
export async function listLinkable(
  repo: Repo,
  { podcastId }: Pick<EpisodeRequest, 'podcastId'>,
): Promise<readonly Pick<Episode, 'id' | 'title' | 'published'>[]> {
  return repo.all(
    from(Episode)
      .where({ podcastId })
      .where('requestId', 'is', null)
      .orderBy({ insertedAt: 'desc', id: 'desc' })
      .limit(MOST_OFFERED)
      .select('id', 'title', 'published'),
  )
}
