import { build, inc, type Repo } from '@showrunner/data'
import { type EpisodeKey } from '../episodes/index.ts'
import { LiveReaction, type ReactionKind } from './live-reaction.ts'
import { owned } from './produce.ts'

/** Counts reactions that were gathered for a moment, as a thousand may clap at once. Gives how many there are. */
export async function addReactions(
  repo: Repo,
  episode: EpisodeKey,
  kind: ReactionKind,
  count: number,
): Promise<number> {
  const counted = await repo.insertOrThrow(
    build(LiveReaction, { ...owned(episode), kind, count }),
    {
      onConflict: { set: { count: inc(count) } },
      conflictTarget: ['episodeId', 'kind'],
    },
  )
  return counted.count
}
