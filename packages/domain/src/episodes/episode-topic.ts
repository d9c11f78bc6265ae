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
import { Episode } from './episode.ts'

/** What an episode is about. */
export const EpisodeTopic = schema(
  'episode_topics',
  {
    id: t.id(),
    episodeId: t.reference(),
    podcastId: t.reference(),
    topicId: t.reference(),
    position: t.integer().default(0),
    ...timestamps(),
  },
  () => ({ episode: belongsTo(Episode), topic: belongsTo(Topic) }),
  { tenant: 'podcastId' },
)
export type EpisodeTopic = Row<typeof EpisodeTopic>

export function episodeTopicChangeset(
  topic: EpisodeTopic,
  params: Params,
): Changeset<typeof EpisodeTopic> {
  return check(
    cast(topic, params, ['topicId', 'position']),
    required('topicId'),
    unique(['episodeId', 'topicId'], { errorField: 'topicId' }),
    foreignKey('episodeId'),
    foreignKey('topicId'),
  )
}
