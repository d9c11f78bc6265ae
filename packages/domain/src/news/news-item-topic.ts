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
import { NewsItem } from './news-item.ts'

/** What a news item is about. */
export const NewsItemTopic = schema(
  'news_item_topics',
  {
    id: t.id(),
    newsItemId: t.reference(),
    topicId: t.reference(),
    position: t.integer().default(0),
    ...timestamps(),
  },
  () => ({ newsItem: belongsTo(NewsItem), topic: belongsTo(Topic) }),
)
export type NewsItemTopic = Row<typeof NewsItemTopic>

function newsItemTopicChangeset(
  topic: NewsItemTopic,
  params: Params,
): Changeset<typeof NewsItemTopic> {
  return check(
    cast(topic, params, ['topicId', 'position']),
    required('topicId'),
    unique(['newsItemId', 'topicId'], { errorField: 'topicId', message: 'is there twice' }),
    foreignKey('topicId'),
  )
}

/** A topic as a row of the form: `topic` is what was picked. */
export const newsItemTopicRow = formRow(newsItemTopicChangeset, {
  pick: { field: 'topicId', sentAs: 'topic' },
})
