import { belongsTo, type Row, schema, t } from '@showrunner/data'
import { Podcast } from '../podcasts/index.ts'

/** What fetched a podcast's feed on a day, and for how many, where it says that. */
export const FeedAgent = schema(
  'feed_agents',
  {
    id: t.id(),
    podcastId: t.reference(),
    day: t.date(),
    agent: t.string(),
    mark: t.string().default(''),
    fetches: t.integer(),
    subscribers: t.integer().nullable(),
  },
  () => ({ podcast: belongsTo(Podcast) }),
  { tenant: 'podcastId' },
)
export type FeedAgent = Row<typeof FeedAgent>
