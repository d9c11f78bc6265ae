import { belongsTo, schema, t, timestamps, type Row } from '@showrunner/data'
import { Episode } from './episode.ts'

/** What an episode was called when it was out: that address leads to it for good. */
export const EpisodeSlug = schema(
  'episode_slugs',
  {
    id: t.id(),
    podcastId: t.reference(),
    episodeId: t.reference(),
    slug: t.string(),
    ...timestamps(),
  },
  () => ({ episode: belongsTo(Episode) }),
  { tenant: 'podcastId' },
)
export type EpisodeSlug = Row<typeof EpisodeSlug>
