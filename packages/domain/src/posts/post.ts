import {
  belongsTo,
  cast,
  castAssoc,
  check,
  exclusion,
  foreignKey,
  format,
  getField,
  hasMany,
  length,
  required,
  schema,
  t,
  through,
  timestamps,
  unique,
  validate,
  type Base,
  type Changeset,
  type Params,
  type Row,
} from '@showrunner/data'
import { asOpened } from '../conflicts/index.ts'
import {
  FILE_ADDRESS,
  FILE_ADDRESS_MESSAGE,
  WEB_ADDRESS,
  WEB_ADDRESS_MESSAGE,
} from '../formats/index.ts'
import { rendered } from '../markup/index.ts'
import { Person } from '../people/index.ts'
import { isKnown } from '../rows/index.ts'
import { RESERVED_POST_SLUGS, SLUG, SLUG_MESSAGE } from '../slugs/index.ts'
import { isSlugFrozen } from './first-published.ts'
import { PostTopic, postTopicRow } from './post-topic.ts'

/** A text of the network itself. */
export const Post = schema(
  'posts',
  {
    id: t.id(),
    authorId: t.reference(),
    editorId: t.reference().nullable(),
    slug: t.string(),
    guid: t.string(),
    title: t.string(),
    subtitle: t.string().nullable(),
    /** What it says, in a sentence or two of plain text: under the title, in lists, for search engines. */
    tldr: t.string().nullable(),
    /** Markdown in which HTML may stand. */
    body: t.string().nullable(),
    bodyHtml: t.string().nullable(),
    /** Where it appeared first, if that is elsewhere. */
    canonicalUrl: t.string().nullable(),
    coverUrl: t.string().nullable(),
    published: t.boolean().default(false),
    publishedAt: t.datetime().nullable(),
    /** When it was first out, once it has been unpublished or moved. */
    firstPublishedAt: t.datetime().nullable(),
    lockVersion: t.integer().default(1),
    ...timestamps(),
  },
  () => ({
    author: belongsTo(Person),
    editor: belongsTo(Person),
    postTopics: hasMany(PostTopic, {
      order: { position: 'asc', id: 'asc' },
      onReplace: 'delete',
    }),
    topics: through('postTopics', 'topic'),
  }),
)
export type Post = Row<typeof Post>

const TEXT = ['title', 'slug', 'subtitle', 'tldr', 'body', 'canonicalUrl', 'coverUrl'] as const

const LONGEST_BODY = 500_000

type OnePost<Spec> = Base<typeof Post, Spec>

/** What its author and its editor may say of a post. Its guid is not among it: that is written once. */
export function postChangeset<Spec>(
  post: OnePost<Spec>,
  params: Params,
): Changeset<typeof Post, Spec> {
  return check(cast(post, params, TEXT), postRules)
}

/** The same with who wrote it and who edits it, which administrators say. */
export function creditedPostChangeset<Spec>(
  post: OnePost<Spec>,
  params: Params,
): Changeset<typeof Post, Spec> {
  return check(
    cast(post, params, [...TEXT, 'authorId', 'editorId']),
    postRules,
    isKnown('authorId', 'author', UNKNOWN_PERSON),
    isKnown('editorId', 'editor', UNKNOWN_PERSON),
  )
}

function postRules(changeset: Changeset<typeof Post>): Changeset<typeof Post> {
  return check(
    changeset,
    required('authorId', 'title', 'slug', 'guid'),
    length('title', { max: 255 }),
    length('subtitle', { max: 255 }),
    length('tldr', { max: 1000 }),
    length('body', { max: LONGEST_BODY, count: 'bytes' }),
    frozenSlug,
    slugs,
    format('canonicalUrl', WEB_ADDRESS, WEB_ADDRESS_MESSAGE),
    format('coverUrl', FILE_ADDRESS, FILE_ADDRESS_MESSAGE),
    completeOncePublished,
    rendered('body', 'bodyHtml'),
    // A change to its topics is one to the post: it makes a next version, so that nobody overlooks it.
    castAssoc('postTopics', { with: postTopicRow, forceUpdateOnChange: true }),
    unique('guid'),
    foreignKey('authorId'),
    foreignKey('editorId'),
    asOpened,
  )
}

/** Another address for a post. The old one is seen to by `changeSlug`. */
export function postSlugChangeset(post: Post, params: Params): Changeset<typeof Post> {
  return check(cast(post, params, ['slug']), required('slug'), slugs, asOpened)
}

function slugs(changeset: Changeset<typeof Post>): Changeset<typeof Post> {
  return check(
    changeset,
    length('slug', { max: 90 }),
    format('slug', SLUG, SLUG_MESSAGE),
    exclusion('slug', RESERVED_POST_SLUGS, 'is an address of the site itself'),
    unique('slug'),
  )
}

function frozenSlug(changeset: Changeset<typeof Post>): Changeset<typeof Post> {
  if (!isSlugFrozen(changeset.row)) return changeset
  return check(
    changeset,
    validate('slug', () => 'is known already: change it where the post is published'),
  )
}

const UNKNOWN_PERSON = 'is not known here: choose from the list, or add them first'

/** What a post cannot be without once anybody may read it. */
export const NEEDED_TO_PUBLISH = ['title', 'slug', 'tldr', 'body'] as const

function completeOncePublished(changeset: Changeset<typeof Post>): Changeset<typeof Post> {
  return getField(changeset, 'published')
    ? check(changeset, required(...NEEDED_TO_PUBLISH))
    : changeset
}
