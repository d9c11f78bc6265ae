import { belongsTo, schema, t, timestamps, type Loaded, type Row } from '@showrunner/data'
import { Person } from '../people/index.ts'
import { Post } from '../posts/index.ts'

/** Lets whoever has it read a post before it is out, for a while. */
export const PostPreviewLink = schema(
  'post_preview_links',
  {
    id: t.id(),
    postId: t.reference(),
    madeById: t.reference().nullable(),
    tokenHash: t.string().redact(),
    expiresAt: t.datetime(),
    revokedAt: t.datetime().nullable(),
    lastSeenAt: t.datetime().nullable(),
    views: t.integer().default(0),
    ...timestamps(),
  },
  () => ({ post: belongsTo(Post), madeBy: belongsTo(Person, { foreignKey: 'madeById' }) }),
)
export type PostPreviewLink = Row<typeof PostPreviewLink>
export type PostPreviewWithMaker = Loaded<typeof PostPreviewLink, ['madeBy']>
