import { belongsTo, hasMany, hasOne } from '../schema/association.ts'
import { embedsMany, embedsOne } from '../schema/embed.ts'
import { embedded, schema } from '../schema/schema.ts'
import { t } from '../schema/types.ts'

/** For tests that ask no database: a field of each kind that changesets treat differently. */
export const Post = schema(
  'posts',
  {
    id: t.id(),
    title: t.string().default(''),
    body: t.string().nullable(),
    uuid: t.uuid().nullable(),
    decimal: t.decimal().nullable(),
    upvotes: t.integer().default(0),
    topics: t.array(t.string()).nullable(),
    scores: t.array(t.decimal()).nullable(),
    options: t.map().nullable(),
    key: t.bytes().nullable(),
    colour: t.string().nullable().source('color'),
    token: t.string().nullable().redact(),
    slogan: t.string().nullable().virtual(),
    authorId: t.reference().nullable(),
    seo: embedsOne(embedded({ keywords: t.string(), secret: t.string().nullable().redact() }), {
      onReplace: 'delete',
    }),
    links: embedsMany(embedded({ id: t.uuid().primaryKey().autogenerate(), url: t.string() }), {
      onReplace: 'delete',
    }),
  },
  () => ({
    author: belongsTo(Author, { onReplace: 'nilify' }),
    comments: hasMany(Comment, { onReplace: 'delete' }),
    comment: hasOne(Comment),
  }),
)

export const Comment = schema(
  'comments',
  { id: t.id(), postId: t.reference().nullable(), text: t.string().nullable() },
  () => ({ post: belongsTo(Post) }),
)

export const Author = schema('authors', {
  id: t.id(),
  name: t.string(),
  email: t.string().nullable().redact(),
})
