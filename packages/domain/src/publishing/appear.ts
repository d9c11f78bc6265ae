import { from, type Repo } from '@showrunner/data'
import { PROGRAM, record, type Subject } from '../activity/index.ts'
import { Episode, isOut } from '../episodes/index.ts'
import { announceToSubmitter } from '../requests/index.ts'
import { tellSubscribers } from '../subscriptions/index.ts'
import { tellOfEpisode } from '../webhooks/index.ts'
import { thankGuests } from './thanks.ts'

/**
 * Does what follows when an episode is out for the first time, once, however often it is called. Of one that is a draft
 * again, or gone, nothing follows.
 *
 * @returns in how many milliseconds it will be out, if it is not yet.
 */
export async function appear(
  repo: Repo,
  { episodeId, byItself }: { readonly episodeId: number; readonly byItself: boolean },
  asOf: Date,
): Promise<number | undefined> {
  return repo.transaction(async () => {
    const episode = await repo.get(from(Episode).lock('for update'), episodeId)
    if (!episode?.published || !episode.publishedAt || episode.appearedAt) return undefined
    if (!isOut(episode, asOf)) return episode.publishedAt.getTime() - asOf.getTime()

    await repo.updateAll(from(Episode).where({ id: episodeId }), { appearedAt: asOf })
    await announceToSubmitter(repo, episode, asOf)
    await tellSubscribers(repo, episode, asOf)
    await tellOfEpisode(repo, 'episode.published', episode, asOf)
    if (episode.thanksGuests) await thankGuests(repo, episode, asOf)
    if (byItself)
      await record(repo, PROGRAM, { action: 'appeared', subject: of(episode), at: asOf })
    return undefined
  })
}

function of({ id, title, podcastId }: Episode): Subject {
  return { type: 'episode', id, title, podcastId }
}
