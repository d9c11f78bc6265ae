import {
  belongsTo,
  cast,
  castAssoc,
  check,
  foreignKey,
  format,
  getField,
  hasMany,
  length,
  put,
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
import { rendered } from '../markup/index.ts'
import { NewsItem } from '../news/index.ts'
import { formRow } from '../rows/index.ts'
import { SLUG, SLUG_MESSAGE } from '../slugs/index.ts'

/** An issue of the newsletter: what was news, picked and put in order. */
export const NewsIssue = schema(
  'news_issues',
  {
    id: t.id(),
    number: t.integer(),
    slug: t.string(),
    /** What is in it, in a sentence: in lists, for search engines. */
    teaser: t.string().nullable(),
    /** Markdown in which HTML may stand: before the items. */
    note: t.string().nullable(),
    noteHtml: t.string().nullable(),
    published: t.boolean().default(false),
    publishedAt: t.datetime().nullable(),
    /** When its mails began: once, however often it is taken back. */
    announcedAt: t.datetime().nullable(),
    lockVersion: t.integer().default(1),
    ...timestamps(),
  },
  () => ({
    newsIssueItems: hasMany(NewsIssueItem, {
      order: { position: 'asc', id: 'asc' },
      onReplace: 'delete',
    }),
    newsItems: through('newsIssueItems', 'newsItem'),
  }),
)
export type NewsIssue = Row<typeof NewsIssue>

/** What stands in an issue, and whether with its picture. */
export const NewsIssueItem = schema(
  'news_issue_items',
  {
    id: t.id(),
    newsIssueId: t.reference(),
    newsItemId: t.reference(),
    position: t.integer().default(0),
    withPicture: t.boolean().default(false),
    ...timestamps(),
  },
  () => ({ newsIssue: belongsTo(NewsIssue), newsItem: belongsTo(NewsItem) }),
)
export type NewsIssueItem = Row<typeof NewsIssueItem>

const newsIssueItemRow = formRow(
  (item: NewsIssueItem, params: Params): Changeset<typeof NewsIssueItem> =>
    check(
      cast(item, params, ['newsItemId', 'position', 'withPicture']),
      required('newsItemId'),
      unique(['newsIssueId', 'newsItemId'], {
        errorField: 'newsItemId',
        message: 'is there twice',
      }),
      foreignKey('newsItemId'),
    ),
  { pick: { field: 'newsItemId', sentAs: 'newsItem' } },
)

export function newsIssueChangeset<Spec>(
  issue: Base<typeof NewsIssue, Spec>,
  params: Params,
): Changeset<typeof NewsIssue, Spec> {
  return check(
    cast(issue, params, ['number', 'slug', 'teaser', 'note']),
    calledByItsNumber,
    required('number', 'slug'),
    validate('number', (number) => (number >= 1 ? [] : ['must be 1 or more'])),
    length('slug', { max: 90 }),
    format('slug', SLUG, SLUG_MESSAGE),
    length('teaser', { max: 255 }),
    length('note', { max: 100_000, count: 'bytes' }),
    rendered('note', 'noteHtml'),
    castAssoc('newsIssueItems', { with: newsIssueItemRow, forceUpdateOnChange: true }),
    unique('number'),
    unique('slug'),
    asOpened,
  )
}

function calledByItsNumber(changeset: Changeset<typeof NewsIssue>): Changeset<typeof NewsIssue> {
  const [slug, number] = [getField(changeset, 'slug'), getField(changeset, 'number')]
  return slug || typeof number !== 'number' ? changeset : put(changeset, 'slug', String(number))
}
