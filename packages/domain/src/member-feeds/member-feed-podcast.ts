import { belongsTo, schema, t, timestamps, type Row } from '@showrunner/data'
import { Podcast } from '../podcasts/index.ts'
import { MemberFeed } from './member-feed.ts'

/** A podcast that is in a feed which has not all of them. */
export const MemberFeedPodcast = schema(
  'member_feed_podcasts',
  { id: t.id(), feedId: t.reference(), podcastId: t.reference(), ...timestamps() },
  () => ({ feed: belongsTo(MemberFeed), podcast: belongsTo(Podcast) }),
  { tenant: 'podcastId' },
)
export type MemberFeedPodcast = Row<typeof MemberFeedPodcast>
