import { belongsTo, type Row, schema, t } from '@showrunner/data'
import { Episode } from '../episodes/index.ts'

/** Where a download came from: an app that reads the feed, the site's own player, or that player on a page elsewhere. */
export const WAYS = ['app', 'site', 'embed'] as const
export type Way = (typeof WAYS)[number]

/** How often an episode was downloaded on a day, with what, and from where. */
export const DownloadCount = schema(
  'download_counts',
  {
    id: t.id(),
    podcastId: t.reference(),
    episodeId: t.reference(),
    /** In UTC. */
    day: t.date(),
    agent: t.string(),
    way: t.enum(WAYS),
    /** It is what was asked for: the bytes came from elsewhere. */
    estimated: t.boolean().default(false),
    downloads: t.integer(),
  },
  () => ({ episode: belongsTo(Episode) }),
  { tenant: 'podcastId' },
)
export type DownloadCount = Row<typeof DownloadCount>
