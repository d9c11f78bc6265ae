import { type EpisodeKey } from '@showrunner/domain/episodes'
import { addReactions, type ReactionKind } from '@showrunner/domain/live'
import { type FastifyInstance } from 'fastify'
import { ShowChannel, showTopic } from './show-channel.ts'
import { type Visitor } from './visitor.ts'

/** Reactions are gathered for a moment, as a thousand may clap at once: one row is written, and one message told. */
const GATHERED_MS = 500
/** What counts of one visitor in that moment. */
const MOST = 3

interface Gathered {
  readonly visitor: Visitor
  readonly episode: EpisodeKey
  readonly counts: Map<ReactionKind, number>
  readonly of: Map<string, number>
}

export function applause(app: FastifyInstance) {
  const gathered = new Map<number, Gathered>()

  async function count({ visitor, episode, counts }: Gathered): Promise<void> {
    const sums: Record<string, number> = {}
    await visitor.within(async () => {
      for (const [kind, more] of counts) {
        sums[kind] = await addReactions(app.parts.repo, episode, kind, more)
      }
    })
    app.sockets.broadcast(ShowChannel, showTopic(episode.id), 'reacted', sums)
  }

  return {
    clap(visitor: Visitor, episode: EpisodeKey, kind: ReactionKind, channelId: string): void {
      let now = gathered.get(episode.id)
      if (!now) {
        now = { visitor, episode, counts: new Map(), of: new Map() }
        gathered.set(episode.id, now)
        const moment = now
        setTimeout(() => {
          gathered.delete(episode.id)
          count(moment).catch((error: unknown) => app.log.error(error))
        }, GATHERED_MS)
      }
      const theirs = (now.of.get(channelId) ?? 0) + 1
      now.of.set(channelId, theirs)
      if (theirs <= MOST) now.counts.set(kind, (now.counts.get(kind) ?? 0) + 1)
    },
  }
}
