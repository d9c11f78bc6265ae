import { type Repo } from '@showrunner/data'
import { defineJob, enqueue, type Job } from '@showrunner/jobs'
import { z } from 'zod'
import { appear } from './appear.ts'

interface AppearParts {
  readonly repo: Repo
  readonly clock: () => Date
}

/** Runs when an episode has appeared. The site shows it without: this is for what follows. */
export const episodeAppeared: Job<AppearParts, { episodeId: number }> = defineJob({
  name: 'episode_appeared',
  args: z.object({ episodeId: z.number() }),
  perform: async ({ repo, clock }: AppearParts, { episodeId }) => {
    const remainingMs = await appear(repo, episodeId, clock())
    if (remainingMs === undefined) return
    // The clock of the database, which starts jobs, is ahead of ours.
    await enqueue(
      repo,
      episodeAppeared,
      { episodeId },
      { delayMs: remainingMs, key: appearanceKey(episodeId) },
    )
  },
})

/** Of the jobs of one episode one waits: for the moment that was said last. */
export function appearanceKey(episodeId: number): string {
  return `episode_appeared:${episodeId}`
}
