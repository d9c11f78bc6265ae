import { type Repo } from '@showrunner/data'
import { defineJob, enqueue } from '@showrunner/jobs'
import { z } from 'zod'
import { beginningKey } from './keys.ts'
import { LiveShow } from './live-show.ts'
import { goOnAir } from './on-air.ts'

export { beginningKey } from './keys.ts'

interface LiveParts {
  readonly repo: Repo
  readonly clock: () => Date
}

/** Lets a show go on air at its time, if it is still meant to. */
export const liveShowBegins = defineJob({
  name: 'live_show_begins',
  args: z.object({ showId: z.number().int() }),
  perform: async ({ repo, clock }: LiveParts, { showId }) => {
    const show = await repo.get(LiveShow, showId)
    if (!show?.startsItself) return
    // The clock of the database, which starts jobs, may be ahead of ours.
    if (show.startsAt > clock()) await beginLater(repo, show)
    else await goOnAir(repo, { id: show.episodeId }, clock())
  },
})

export async function beginLater(
  repo: Repo,
  { id: showId, startsAt: at }: Pick<LiveShow, 'id' | 'startsAt'>,
): Promise<void> {
  await enqueue(repo.unscoped(), liveShowBegins, { showId }, { at, key: beginningKey(showId) })
}
