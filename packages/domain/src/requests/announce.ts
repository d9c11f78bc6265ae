import { from, type Repo } from '@showrunner/data'
import { enqueue } from '@showrunner/jobs'
import { type Episode } from '../episodes/index.ts'
import { EpisodeRequest } from './episode-request.ts'
import { mailRequestPublished } from './jobs.ts'

/**
 * Lets whoever asked for an episode know that it is out: once, however often it appears. For the job that follows a
 * publication.
 */
export async function announceToSubmitter(
  repo: Repo,
  { requestId }: Pick<Episode, 'requestId'>,
  asOf: Date,
): Promise<void> {
  if (requestId === null) return
  await repo.transaction(async () => {
    const untold = from(EpisodeRequest).where({ id: requestId }).where('announcedAt', 'is', null)
    const told = await repo.updateAll(untold, { announcedAt: asOf })
    if (told === 1) await enqueue(repo, mailRequestPublished, { requestId })
  })
}
