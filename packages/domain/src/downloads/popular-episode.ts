import { belongsTo, type Row, schema, t } from '@showrunner/data'
import { Episode } from '../episodes/index.ts'

/** Which place an episode has among those of its podcast that were downloaded most, as it was last summed up. */
export const PopularEpisode = schema(
  'popular_episodes',
  {
    id: t.id(),
    podcastId: t.reference(),
    episodeId: t.reference(),
    /** From 1. */
    place: t.integer(),
  },
  () => ({ episode: belongsTo(Episode) }),
  { tenant: 'podcastId' },
)
export type PopularEpisode = Row<typeof PopularEpisode>
