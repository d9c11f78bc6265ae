import {
  belongsTo,
  cast,
  check,
  foreignKey,
  getChange,
  markedFor,
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
import { Post } from './post.ts'

/** What a post is about. */
export const PostTopic = schema(
  'post_topics',
  {
    id: t.id(),
    postId: t.reference(),
    topicId: t.reference(),
    position: t.integer().default(0),
    /** What the form's box says. */
    delete: t.boolean().default(false).virtual(),
    ...timestamps(),
  },
  () => ({ post: belongsTo(Post), topic: belongsTo(Topic) }),
)
export type PostTopic = Row<typeof PostTopic>

export function postTopicChangeset(topic: PostTopic, params: Params): Changeset<typeof PostTopic> {
  const changeset = check(
    cast(topic, params, ['topicId', 'position', 'delete']),
    required('topicId'),
    unique(['postId', 'topicId'], { errorField: 'topicId', message: 'is there twice' }),
    foreignKey('topicId'),
  )
  return getChange(changeset, 'delete') ? markedFor(changeset, 'delete') : changeset
}
