import { belongsTo, schema, t, timestamps, type Row } from '@showrunner/data'
import { Episode } from '../episodes/index.ts'

export const REACTIONS = ['clap', 'laugh', 'love', 'wow', 'think'] as const
export type ReactionKind = (typeof REACTIONS)[number]

/** How often listeners of a show clapped, laughed and so on. */
export const LiveReaction = schema(
  'live_reactions',
  {
    id: t.id(),
    podcastId: t.reference(),
    episodeId: t.reference(),
    kind: t.enum(REACTIONS),
    count: t.integer().default(0),
    ...timestamps(),
  },
  () => ({ episode: belongsTo(Episode) }),
  { tenant: 'podcastId' },
)
export type LiveReaction = Row<typeof LiveReaction>
