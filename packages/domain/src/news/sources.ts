import {
  build,
  change,
  type Changeset,
  from,
  type Params,
  type Repo,
  type Saved,
} from '@showrunner/data'
import { AS_OPENED } from '../conflicts/index.ts'
import {
  type InUse,
  type ListOptions,
  matching,
  type Paged,
  paged,
  sorted,
  withUses,
} from '../lists/index.ts'
import { NewsSource, newsSourceChangeset } from './news-source.ts'

/** A source, and how many items it has. */
export type SourceInUse = InUse<NewsSource>

export const SOURCE_SORTS = ['name', '-insertedAt'] as const

export async function searchSources(
  repo: Repo,
  { q, sort, page }: ListOptions,
): Promise<Paged<SourceInUse>> {
  const found = sorted(matching(from(NewsSource), ['name', 'slug'], q), SOURCE_SORTS, sort)
  return withUses(repo, await paged(repo, found, page), 'news_items', 'source_id')
}

/** @throws NotFoundError */
export async function getSourceById(repo: Repo, id: number): Promise<NewsSource> {
  return repo.getOrThrow(NewsSource, id)
}

/** What a form begins with. */
export function editSource(source: NewsSource = build(NewsSource)): Changeset<typeof NewsSource> {
  return change(source, {})
}

export async function createSource(repo: Repo, params: Params): Promise<Saved<typeof NewsSource>> {
  return repo.insert(newsSourceChangeset(build(NewsSource), params))
}

export async function updateSource(
  repo: Repo,
  source: NewsSource,
  params: Params,
): Promise<Saved<typeof NewsSource>> {
  return repo.update(newsSourceChangeset(source, params), AS_OPENED)
}

/** Deletes a source. What is news of it stays. */
export async function deleteSource(repo: Repo, source: NewsSource): Promise<void> {
  await repo.deleteOrThrow(source)
}
