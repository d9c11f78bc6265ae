import {
  build,
  change,
  type Changeset,
  check,
  from,
  type Loaded,
  type Params,
  type Repo,
  type Saved,
} from '@showrunner/data'
import { AS_OPENED, asOpened } from '../conflicts/index.ts'
import { type Actor } from '../policies/index.ts'
import { asSent } from './as-sent.ts'
import { NewsItem, newsItemChangeset } from './news-item.ts'

const TO_EDIT = [
  'source',
  'author',
  'submitter',
  'logger',
  'episode',
  'post',
  { newsItemTopics: ['topic'] },
] as const
export type NewsItemToEdit = Loaded<typeof NewsItem, typeof TO_EDIT>

/** What the form of an item begins with. */
export function editNewsItem(item: NewsItem): Changeset<typeof NewsItem> {
  return change(item, {})
}

/** Somebody's new one; of an address, if it was said already where they came from. */
export function newNewsItem(
  { person }: Actor,
  given: Partial<Pick<NewsItem, 'url' | 'headline'>> = {},
): NewsItem {
  return build(NewsItem, { ...given, ...(person && { loggerId: person.id }) })
}

/** @throws NotFoundError */
export async function getNewsItemToEdit(repo: Repo, id: number): Promise<NewsItemToEdit> {
  return repo.getOrThrow(from(NewsItem).preload(...TO_EDIT), id)
}

export async function createNewsItem(
  repo: Repo,
  logger: Actor,
  params: Params,
): Promise<Saved<typeof NewsItem>> {
  return repo.transaction(async () =>
    repo.insert(newsItemChangeset(newNewsItem(logger), await asSent(repo, params))),
  )
}

export async function updateNewsItem(
  repo: Repo,
  item: NewsItemToEdit,
  params: Params,
): Promise<Saved<typeof NewsItem>> {
  return repo.transaction(async () =>
    repo.update(await proposeNewsItem(repo, item, params), AS_OPENED),
  )
}

/** What saving would come to, and saves nothing. */
export async function proposeNewsItem(
  repo: Repo,
  item: NewsItemToEdit,
  params: Params,
): Promise<Changeset<typeof NewsItem>> {
  return newsItemChangeset(item, await asSent(repo, params, item.newsItemTopics))
}

/** What somebody else has changed since is not deleted. */
export async function deleteNewsItem(repo: Repo, item: NewsItem): Promise<Saved<typeof NewsItem>> {
  return repo.delete(check(change(item), asOpened), AS_OPENED)
}

/** Items of the same address but for how it is written: so that nothing is news twice. */
export async function listSimilar(
  repo: Repo,
  url: string,
  exceptId: number | null = null,
): Promise<readonly NewsItem[]> {
  const bare = bareAddress(url)
  if (bare === '') return []
  const pattern = `%${bare.replaceAll(/[\\%_]/g, '\\$&')}%`
  const found = from(NewsItem).where('url', 'ilike', pattern).orderBy({ id: 'desc' }).limit(5)
  return repo.all(exceptId === null ? found : found.where('id', '!=', exceptId))
}

function bareAddress(url: string): string {
  const parsed = URL.parse(url.trim())
  if (!parsed) return ''
  return (parsed.host.replace(/^www\./, '') + parsed.pathname).replace(/\/+$/, '')
}
