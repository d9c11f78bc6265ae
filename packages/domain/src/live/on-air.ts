import { change, from, type Repo } from '@showrunner/data'
import { dequeue } from '@showrunner/jobs'
import { Episode, type EpisodeKey } from '../episodes/index.ts'
import { tellOfEpisode } from '../webhooks/index.ts'
import { beginningKey } from './keys.ts'
import { announcedOver, LiveShow, liveStatus } from './live-show.ts'

/**
 * Goes on air: now the show counts its time. Once, however many press the button.
 *
 * @returns the show, or undefined when it is not planned, on air already, or over.
 */
export async function goOnAir(
  repo: Repo,
  { id }: Pick<EpisodeKey, 'id'>,
  asOf: Date,
): Promise<LiveShow | undefined> {
  return repo.transaction(async () => {
    const show = await repo.getBy(from(LiveShow).lock('for update'), { episodeId: id })
    if (!show || liveStatus(show) !== 'pending') return undefined
    await dequeue(repo.unscoped(), beginningKey(show.id))
    const live = await repo.updateOrThrow(change(show, { wentLiveAt: asOf, announcedUntil: null }))
    const episode = await repo.getOrThrow(Episode, id)
    await tellOfEpisode(repo, 'episode.live', episode, asOf)
    return live
  })
}

/** The show is over. What was said and marked stays with the episode. */
export async function endShow(
  repo: Repo,
  { id }: Pick<EpisodeKey, 'id'>,
  asOf: Date,
): Promise<LiveShow | undefined> {
  return repo.transaction(async () => {
    const show = await repo.getBy(from(LiveShow).lock('for update'), { episodeId: id })
    if (!show || liveStatus(show) !== 'live') return undefined
    return repo.updateOrThrow(change(show, { endedAt: asOf, announcedUntil: announcedOver(asOf) }))
  })
}
