import {
  belongsTo,
  cast,
  check,
  length,
  required,
  schema,
  t,
  timestamps,
  type Changeset,
  type Params,
  type Row,
} from '@showrunner/data'
import { Episode } from '../episodes/index.ts'
import { NewsItem } from '../news/index.ts'
import { Person } from '../people/index.ts'
import { Post } from '../posts/index.ts'

export const LONGEST_COMMENT = 10_000

/** How deep answers lie in each other: what answers the deepest stands beside it. */
export const DEEPEST = 5

/** What somebody says below a news item, an episode or a post. */
export const Comment = schema(
  'comments',
  {
    id: t.id(),
    newsItemId: t.reference().nullable(),
    episodeId: t.reference().nullable(),
    postId: t.reference().nullable(),
    parentId: t.reference().nullable(),
    depth: t.integer().default(0),
    authorId: t.reference().nullable(),
    /** Markdown without HTML. */
    body: t.string(),
    bodyHtml: t.string().nullable(),
    /** Whether everybody sees it. */
    approved: t.boolean().default(false),
    decidedById: t.reference().nullable(),
    declinedAt: t.datetime().nullable(),
    editedAt: t.datetime().nullable(),
    deletedAt: t.datetime().nullable(),
    ...timestamps(),
  },
  () => ({
    newsItem: belongsTo(NewsItem),
    episode: belongsTo(Episode),
    post: belongsTo(Post),
    parent: belongsTo(Comment),
    author: belongsTo(Person),
    decidedBy: belongsTo(Person),
  }),
)
export type Comment = Row<typeof Comment>

export function commentChangeset(comment: Comment, params: Params): Changeset<typeof Comment> {
  return check(
    cast(comment, params, ['body']),
    required('body'),
    length('body', { max: LONGEST_COMMENT }),
  )
}
