import { type Repo } from '@showrunner/data'
import { defineJob, enqueue, type Job } from '@showrunner/jobs'
import { z } from 'zod'
import { appear } from './appear.ts'

interface AppearParts {
  readonly repo: Repo
  readonly clock: () => Date
}

const EpisodeAppeared = z.object({
  episodeId: z.number(),
  /** Whether it appeared by itself: otherwise the log has it already that somebody published it. */
  byItself: z.boolean(),
})
type EpisodeAppeared = z.output<typeof EpisodeAppeared>

/** Runs when an episode has appeared. The site shows it without: this is for what follows. */
export const episodeAppeared: Job<AppearParts, EpisodeAppeared> = defineJob({
  name: 'episode_appeared',
  args: EpisodeAppeared,
  perform: async ({ repo, clock }: AppearParts, args) => {
    const remainingMs = await appear(repo, args, clock())
    if (remainingMs === undefined) return
    // The clock of the database, which starts jobs, is ahead of ours.
    await enqueue(repo, episodeAppeared, args, {
      delayMs: remainingMs,
      key: appearanceKey(args.episodeId),
    })
  },
})

/** Lets what follows when an episode is out follow at its moment. */
export async function appearLater(
  repo: Repo,
  { id: episodeId, publishedAt: at }: { readonly id: number; readonly publishedAt: Date },
  { byItself }: Pick<EpisodeAppeared, 'byItself'>,
): Promise<void> {
  const options = { at, key: appearanceKey(episodeId) }
  // The queue belongs to no podcast.
  await enqueue(repo.unscoped(), episodeAppeared, { episodeId, byItself }, options)
}

/** Of the jobs of one episode one waits: for the moment that was said last. */
export function appearanceKey(episodeId: number): string {
  return `episode_appeared:${episodeId}`
}
