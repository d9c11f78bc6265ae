import {
  build,
  cast,
  change,
  type Changeset,
  check,
  from,
  NotFoundError,
  type Params,
  type Query,
  required,
  type Repo,
  type Saved,
  sql,
} from '@showrunner/data'
import { AS_OPENED, asOpened } from '../conflicts/index.ts'
import { type ListOptions, matching, type Paged, paged, sorted } from '../lists/index.ts'
import { NewsItem, out } from '../news/index.ts'
import { knownBy, withPicked, withRowsThere } from '../rows/index.ts'
import { clockShows, withMoment } from '../zones/index.ts'
import { newsIssueOutLater } from './jobs.ts'
import { NewsIssue, newsIssueChangeset } from './news-issue.ts'
import { type IssuePage, type IssueToEdit, itemsOf, TO_EDIT } from './read-issue.ts'

export const ISSUES_PER_PAGE = 20

/** @throws NotFoundError when no issue of this name is out by then. */
export async function getIssuePage(repo: Repo, slug: string, asOf: Date): Promise<IssuePage> {
  const issue = await repo.getByOrThrow(published(asOf).preload(...TO_EDIT), { slug })
  const others = published(asOf).where('id', '!=', issue.id)
  const { number } = issue
  const [previous, next] = await Promise.all([
    repo.one(others.where('number', '<', number).orderBy({ number: 'desc' }).limit(1)),
    repo.one(others.where('number', '>', number).orderBy({ number: 'asc' }).limit(1)),
  ])
  return { issue, items: await itemsOf(repo, issue, asOf), previous, next }
}

export interface IssuesPage {
  readonly issues: readonly NewsIssue[]
  readonly page: number
  readonly pages: number
  readonly total: number
}

/** The newest first. @throws NotFoundError when there is no such page. */
export async function getIssuesPage(repo: Repo, asOf: Date, page = 1): Promise<IssuesPage> {
  const [total, issues] = await Promise.all([
    repo.count(published(asOf)),
    listIssues(
      repo,
      (issues) => issues.limit(ISSUES_PER_PAGE).offset((page - 1) * ISSUES_PER_PAGE),
      asOf,
    ),
  ])
  const pages = Math.max(1, Math.ceil(total / ISSUES_PER_PAGE))
  if (page > pages) throw new NotFoundError(NewsIssue, `on page ${page} of ${pages}`)
  return { issues, page, pages, total }
}

export async function hasIssues(repo: Repo, asOf: Date): Promise<boolean> {
  return repo.exists(published(asOf))
}

export const ISSUE_SORTS = ['-number', '-publishedAt'] as const

export async function searchIssues(
  repo: Repo,
  { q, sort, page }: ListOptions,
): Promise<Paged<NewsIssue>> {
  return paged(
    repo,
    sorted(matching(from(NewsIssue), ['slug', 'teaser'], q), ISSUE_SORTS, sort),
    page,
  )
}

/** @throws NotFoundError */
export async function getIssue(repo: Repo, id: number): Promise<IssueToEdit> {
  return repo.getOrThrow(from(NewsIssue).preload(...TO_EDIT), id)
}

export function editIssue(issue: NewsIssue): Changeset<typeof NewsIssue> {
  return change(issue, {})
}

/** The next issue, with what came out since the last one. */
export async function startIssue(repo: Repo, asOf: Date): Promise<NewsIssue> {
  return repo.transaction(async () => {
    // Of two who start one at the same moment the second waits, and starts the one after.
    await repo.run(sql`lock table news_issues in share row exclusive mode`)
    const last = await repo.one(from(NewsIssue).orderBy({ number: 'desc' }).limit(1))
    const since = last?.publishedAt ?? last?.insertedAt
    const items = await repo.all(
      newsSince(asOf, since).orderBy({ publishedAt: 'desc', id: 'desc' }).limit(MOST_AT_FIRST),
    )
    const number = (last?.number ?? 0) + 1
    const newsIssueItems = items.map(({ id }, position) => ({ newsItemId: id, position }))
    return repo.insertOrThrow(newsIssueChangeset(build(NewsIssue), { number, newsIssueItems }))
  })
}

const MOST_AT_FIRST = 20

function newsSince(asOf: Date, since: Date | undefined) {
  const all = out(from(NewsItem), asOf)
  return since ? all.where('publishedAt', '>', since) : all
}

export async function updateIssue(
  repo: Repo,
  issue: IssueToEdit,
  params: Params,
): Promise<Saved<typeof NewsIssue>> {
  return repo.update(await proposeIssue(repo, issue, params), AS_OPENED)
}

/** What saving would come to, and saves nothing. */
export async function proposeIssue(
  repo: Repo,
  issue: IssueToEdit,
  params: Params,
): Promise<Changeset<typeof NewsIssue>> {
  const picked = await withPicked(params, 'newsIssueItems', {
    field: 'newsItemId',
    sentAs: 'newsItem',
    known: knownItems(repo),
  })
  const there = issue.newsIssueItems.map(({ id }) => ({ id }))
  const said = withRowsThere(picked, 'newsIssueItems', there)
  return newsIssueChangeset(issue, said)
}

/** Puts an issue out: now, or at the moment that is typed as `publishedAt`. */
export async function publishIssue(
  repo: Repo,
  issue: NewsIssue,
  params: Params,
  { asOf, zone }: { readonly asOf: Date; readonly zone: string },
): Promise<Saved<typeof NewsIssue>> {
  const asked = cast(issue, withMoment(params, 'publishedAt', zone), ['publishedAt'])
  const isSaid = asked.changes.publishedAt !== undefined || asked.errors.publishedAt !== undefined
  const publishedAt = isSaid ? {} : { publishedAt: issue.publishedAt ?? asOf }
  return repo.transaction(async () => {
    const saved = await repo.update(
      check(
        change(asked, { published: true, ...publishedAt }),
        required('publishedAt', 'teaser'),
        clockShows('publishedAt', params, zone),
        asOpened,
      ),
      AS_OPENED,
    )
    if (saved.ok) await newsIssueOutLater(repo, saved.value)
    return saved
  })
}

export async function unpublishIssue(
  repo: Repo,
  issue: NewsIssue,
): Promise<Saved<typeof NewsIssue>> {
  const draft = change(issue, { published: false, publishedAt: null })
  return repo.update(check(draft, asOpened), AS_OPENED)
}

export async function deleteIssue(repo: Repo, issue: NewsIssue): Promise<void> {
  await repo.deleteOrThrow(issue)
}

function knownItems(repo: Repo) {
  return knownBy(async (words) => {
    const ids = words.filter((word) => /^[1-9]\d{0,14}$/.test(word)).map(Number)
    const items = await repo.all(
      from(NewsItem).where((eb) => eb.or([eb('id', 'in', ids), eb('headline', 'in', words)])),
    )
    return items.map(({ id, headline }) => ({ id, name: headline, key: String(id) }))
  })
}

/** The issues that anybody may read by then, the newest first, as far as `narrow` leaves them there. */
export async function listIssues(
  repo: Repo,
  narrow: (issues: Query<typeof NewsIssue>) => Query<typeof NewsIssue>,
  asOf: Date,
): Promise<readonly NewsIssue[]> {
  return repo.all(narrow(published(asOf).orderBy({ number: 'desc' })))
}

function published(asOf: Date) {
  return from(NewsIssue).where({ published: true }).where('publishedAt', '<=', asOf)
}
