import { belongsTo, schema, t, timestamps, type Row } from '@showrunner/data'
import { Post } from './post.ts'

/** What a post was called when it was out: that address leads to it for good. */
export const PostSlug = schema(
  'post_slugs',
  { id: t.id(), postId: t.reference(), slug: t.string(), ...timestamps() },
  () => ({ post: belongsTo(Post) }),
)
export type PostSlug = Row<typeof PostSlug>
