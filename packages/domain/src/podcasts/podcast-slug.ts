import { belongsTo, schema, t, timestamps, type Row } from '@showrunner/data'
import { Podcast } from './podcast.ts'

/** What a podcast was called when anybody could see it: that address, and all beneath it, lead to it for good. */
export const PodcastSlug = schema(
  'podcast_slugs',
  { id: t.id(), podcastId: t.reference(), slug: t.string(), ...timestamps() },
  () => ({ podcast: belongsTo(Podcast) }),
  { tenant: 'podcastId' },
)
export type PodcastSlug = Row<typeof PodcastSlug>
