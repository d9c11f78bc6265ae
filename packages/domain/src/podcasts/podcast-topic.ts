import {
  belongsTo,
  cast,
  check,
  foreignKey,
  required,
  schema,
  t,
  timestamps,
  unique,
  type Changeset,
  type Params,
  type Row,
} from '@showrunner/data'
import { Topic } from '../topics/index.ts'
import { Podcast } from './podcast.ts'

/** What a podcast is about. */
export const PodcastTopic = schema(
  'podcast_topics',
  {
    id: t.id(),
    podcastId: t.reference(),
    topicId: t.reference(),
    position: t.integer().default(0),
    ...timestamps(),
  },
  () => ({ podcast: belongsTo(Podcast), topic: belongsTo(Topic) }),
  { tenant: 'podcastId' },
)
export type PodcastTopic = Row<typeof PodcastTopic>

export function podcastTopicChangeset(
  topic: PodcastTopic,
  params: Params,
): Changeset<typeof PodcastTopic> {
  return check(
    cast(topic, params, ['topicId', 'position']),
    required('topicId'),
    unique(['podcastId', 'topicId'], { errorField: 'topicId' }),
    foreignKey('podcastId'),
    foreignKey('topicId'),
  )
}
