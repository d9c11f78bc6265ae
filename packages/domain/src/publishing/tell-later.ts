import { from, type Repo } from '@showrunner/data'
import { defineJob, enqueue } from '@showrunner/jobs'
import { z } from 'zod'
import { Episode, isOut } from '../episodes/index.ts'
import { tellOfEpisode } from '../webhooks/index.ts'

/** Lets it be told, at its moment, that an episode which was out before is out again. */
export async function tellLater(repo: Repo, episodeId: number, at: Date): Promise<void> {
  const args = { episodeId, publishedAt: at.toISOString() }
  await enqueue(repo, episodeOutAgain, args, { at, key: `episode_out_again:${episodeId}` })
}

export const episodeOutAgain = defineJob({
  name: 'episode_out_again',
  args: z.object({ episodeId: z.number().int(), publishedAt: z.iso.datetime() }),
  perform: tellIfOut,
})

/** Unless it was given another moment since, or is a draft. */
async function tellIfOut(
  { repo, clock }: { readonly repo: Repo; readonly clock: () => Date },
  { episodeId, publishedAt }: { readonly episodeId: number; readonly publishedAt: string },
): Promise<void> {
  const now = clock()
  await repo.transaction(async () => {
    const episode = await repo.get(from(Episode).lock('for update'), episodeId)
    if (!episode || episode.publishedAt?.toISOString() !== publishedAt || !episode.published) return
    if (isOut(episode, now)) await tellOfEpisode(repo, 'episode.published', episode, now)
    // The clock of the database, which starts jobs, is ahead of ours.
    else await tellLater(repo, episodeId, episode.publishedAt)
  })
}
