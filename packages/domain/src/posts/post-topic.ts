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
import { formRow } from '../rows/index.ts'
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
    ...timestamps(),
  },
  () => ({ post: belongsTo(Post), topic: belongsTo(Topic) }),
)
export type PostTopic = Row<typeof PostTopic>

function postTopicChangeset(topic: PostTopic, params: Params): Changeset<typeof PostTopic> {
  return check(
    cast(topic, params, ['topicId', 'position']),
    required('topicId'),
    unique(['postId', 'topicId'], { errorField: 'topicId', message: 'is there twice' }),
    foreignKey('topicId'),
  )
}

/** A topic as a row of the form: `topic` is what was picked. */
export const postTopicRow = formRow(postTopicChangeset, {
  pick: { field: 'topicId', sentAs: 'topic' },
})
