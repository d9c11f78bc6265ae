import {
  addError,
  belongsTo,
  cast,
  castAssoc,
  change,
  check,
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
  type Base,
  type Changeset,
  type Params,
  type Row,
} from '@showrunner/data'
import { asOpened } from '../conflicts/index.ts'
import { Episode } from '../episodes/index.ts'
import {
  FILE_ADDRESS,
  FILE_ADDRESS_MESSAGE,
  WEB_ADDRESS,
  WEB_ADDRESS_MESSAGE,
} from '../formats/index.ts'
import { rendered } from '../markup/index.ts'
import { Person } from '../people/index.ts'
import { Post } from '../posts/index.ts'
import { isKnown } from '../rows/index.ts'
import { slugOf } from '../slugs/index.ts'
import { NewsItemTopic, newsItemTopicRow } from './news-item-topic.ts'
import { NewsSource } from './news-source.ts'

export const NEWS_KINDS = ['link', 'audio', 'video', 'project', 'announcement', 'post'] as const
export type NewsKind = (typeof NEWS_KINDS)[number]

export const NEWS_STATUSES = ['draft', 'submitted', 'queued', 'declined', 'published'] as const
export type NewsStatus = (typeof NEWS_STATUSES)[number]

/** What the network points to elsewhere, or says in a few words. */
export const NewsItem = schema(
  'news_items',
  {
    id: t.id(),
    kind: t.enum(NEWS_KINDS).default('link'),
    status: t.enum(NEWS_STATUSES).default('draft'),
    headline: t.string(),
    /** Before its number in its address; empty where nothing of the headline can be written so. */
    slug: t.string().default(''),
    url: t.string().nullable(),
    /** Markdown in which HTML may stand. */
    story: t.string().nullable(),
    storyHtml: t.string().nullable(),
    imageUrl: t.string().nullable(),
    pinned: t.boolean().default(false),
    queuePosition: t.integer().nullable(),
    publishedAt: t.datetime().nullable(),
    sourceId: t.reference().nullable(),
    /** Who wrote what it points to. */
    authorId: t.reference().nullable(),
    submitterId: t.reference().nullable(),
    loggerId: t.reference().nullable(),
    episodeId: t.reference().nullable(),
    postId: t.reference().nullable(),
    /** What whoever sent it in wrote to us. */
    remark: t.string().nullable(),
    /** What they were answered. */
    answer: t.string().nullable(),
    announcedAt: t.datetime().nullable(),
    lockVersion: t.integer().default(1),
    ...timestamps(),
  },
  () => ({
    source: belongsTo(NewsSource),
    author: belongsTo(Person),
    submitter: belongsTo(Person),
    logger: belongsTo(Person),
    episode: belongsTo(Episode),
    post: belongsTo(Post),
    newsItemTopics: hasMany(NewsItemTopic, {
      order: { position: 'asc', id: 'asc' },
      onReplace: 'delete',
    }),
    topics: through('newsItemTopics', 'topic'),
  }),
)
export type NewsItem = Row<typeof NewsItem>

const LONGEST_STORY = 100_000

type OneItem<Spec> = Base<typeof NewsItem, Spec>

const SAID = ['kind', 'headline', 'url', 'story', 'imageUrl', 'pinned'] as const
const POINTS_TO = ['sourceId', 'authorId', 'episodeId', 'postId'] as const

/** What who works here says of an item. */
export function newsItemChangeset<Spec>(
  item: OneItem<Spec>,
  params: Params,
): Changeset<typeof NewsItem, Spec> {
  return check(
    cast(item, params, [...SAID, ...POINTS_TO]),
    rules,
    isKnown('sourceId', 'source'),
    isKnown('authorId', 'author'),
    isKnown('episodeId', 'episode'),
    isKnown('postId', 'post'),
    oneOfOurs,
    castAssoc('newsItemTopics', { with: newsItemTopicRow, forceUpdateOnChange: true }),
    foreignKey('sourceId'),
    foreignKey('authorId'),
    foreignKey('episodeId'),
    foreignKey('postId'),
    asOpened,
  )
}

/** What anybody who is signed in sends in: an address, a headline, and why. Who they are is not theirs to say. */
export function submissionChangeset(item: NewsItem, params: Params): Changeset<typeof NewsItem> {
  return check(
    cast(item, params, ['url', 'headline', 'remark']),
    required('url'),
    length('remark', { max: 2000 }),
    rules,
  )
}

function rules(changeset: Changeset<typeof NewsItem>): Changeset<typeof NewsItem> {
  return check(
    changeset,
    required('headline', 'kind'),
    length('headline', { max: 255 }),
    length('url', { max: 2000 }),
    length('story', { max: LONGEST_STORY, count: 'bytes' }),
    format('url', WEB_ADDRESS, WEB_ADDRESS_MESSAGE),
    format('imageUrl', FILE_ADDRESS, FILE_ADDRESS_MESSAGE),
    pointsSomewhere,
    calledByItsHeadline,
    rendered('story', 'storyHtml'),
  )
}

/** Its number finds it, so what stands before that may change with the headline: old addresses lead to the new one. */
function calledByItsHeadline(changeset: Changeset<typeof NewsItem>): Changeset<typeof NewsItem> {
  const headline: unknown = getField(changeset, 'headline')
  return typeof headline === 'string' && !changeset.errors.headline
    ? change(changeset, { slug: slugOf(headline) })
    : changeset
}

/** What is no announcement points to something: elsewhere, or of our own. */
function pointsSomewhere(changeset: Changeset<typeof NewsItem>): Changeset<typeof NewsItem> {
  const isPointing =
    getField(changeset, 'kind') === 'announcement' ||
    getField(changeset, 'episodeId') != null ||
    getField(changeset, 'postId') != null
  return isPointing ? changeset : check(changeset, required('url'))
}

function oneOfOurs(changeset: Changeset<typeof NewsItem>): Changeset<typeof NewsItem> {
  const isBoth = getField(changeset, 'episodeId') != null && getField(changeset, 'postId') != null
  return isBoth ? addError(changeset, 'postId', 'cannot be there beside an episode') : changeset
}
