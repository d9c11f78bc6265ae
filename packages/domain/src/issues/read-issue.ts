import { from, type Loaded, type Repo } from '@showrunner/data'
import { listOut, type ShownNewsItem } from '../news/index.ts'
import { NewsIssue } from './news-issue.ts'

export const TO_EDIT = [{ newsIssueItems: ['newsItem'] }] as const
export type IssueToEdit = Loaded<typeof NewsIssue, typeof TO_EDIT>

/** An issue as anybody reads it: with what of its items is out. */
export interface IssuePage {
  readonly issue: NewsIssue
  readonly items: readonly { readonly item: ShownNewsItem; readonly withPicture: boolean }[]
  readonly previous: NewsIssue | undefined
  readonly next: NewsIssue | undefined
}

/** What its page will show, whether it is out or not. */
export async function getIssuePreview(repo: Repo, id: number, asOf: Date): Promise<IssuePage> {
  const issue = await repo.getOrThrow(from(NewsIssue).preload(...TO_EDIT), id)
  const items = await itemsOf(repo, issue, asOf)
  return { issue, items, previous: undefined, next: undefined }
}

export async function itemsOf(
  repo: Repo,
  { newsIssueItems }: Pick<IssueToEdit, 'newsIssueItems'>,
  asOf: Date,
): Promise<IssuePage['items']> {
  const ids = newsIssueItems.map(({ newsItemId }) => newsItemId)
  const items = new Map((await listOut(repo, ids, asOf)).map((item) => [item.id, item]))
  return newsIssueItems.flatMap(({ newsItemId, withPicture }) => {
    const item = items.get(newsItemId)
    return item ? [{ item, withPicture }] : []
  })
}
