import { randomUUID } from 'node:crypto'
import { build, change, check, from, type Params, type Repo, type Saved } from '@showrunner/data'
import { dequeue } from '@showrunner/jobs'
import { type EpisodeKey } from '../episodes/index.ts'
import { clockShows, withMoment } from '../zones/index.ts'
import { beginLater, beginningKey } from './jobs.ts'
import { LiveShow, liveShowChangeset, liveStatus } from './live-show.ts'

/** A show that is not planned yet, for its form. */
export function draftLiveShow({ id: episodeId, podcastId }: EpisodeKey) {
  return build(LiveShow, { podcastId, episodeId, guid: randomUUID() })
}

/** Announces that an episode will be made while people listen, or says something else of it. Times of day are by the clock of the zone. */
export async function planLiveShow(
  repo: Repo,
  episode: EpisodeKey,
  params: Params,
  { zone = 'UTC', asOf }: { readonly zone?: string; readonly asOf: Date },
): Promise<Saved<typeof LiveShow>> {
  return repo.transaction(async () => {
    const planned = from(LiveShow).lock('for update')
    const show = (await repo.getBy(planned, { episodeId: episode.id })) ?? draftLiveShow(episode)
    const said = withMoment(params, 'startsAt', zone)
    const changeset = check(liveShowChangeset(show, said), clockShows('startsAt', said, zone))
    const saved = await repo.insertOrUpdate(changeset)
    if (saved.ok) await arrange(repo, saved.value, asOf)
    return saved
  })
}

/** Takes the announcement back. What was on air is not undone so: false. */
export async function cancelLiveShow(repo: Repo, { id }: EpisodeKey): Promise<boolean> {
  return repo.transaction(async () => {
    const show = await repo.getBy(from(LiveShow).lock('for update'), { episodeId: id })
    if (!show || liveStatus(show) !== 'pending') return false
    await dequeue(repo.unscoped(), beginningKey(show.id))
    await repo.deleteOrThrow(change(show))
    return true
  })
}

async function arrange(repo: Repo, show: LiveShow, asOf: Date): Promise<void> {
  await dequeue(repo.unscoped(), beginningKey(show.id))
  if (show.startsItself && liveStatus(show) === 'pending' && show.startsAt > asOf) {
    await beginLater(repo, show)
  }
}
