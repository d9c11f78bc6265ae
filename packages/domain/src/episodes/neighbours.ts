import { type Query, type Repo } from '@showrunner/data'
import { type Episode } from './episode.ts'
import { listed, type ListedEpisode } from './listed.ts'
import { after, before } from './scopes.ts'

export interface Neighbours {
  readonly previous: ListedEpisode | undefined
  readonly next: ListedEpisode | undefined
}

/** The episodes before and after one, of its podcast and among these. */
export async function neighboursOf(
  repo: Repo,
  released: Query<typeof Episode>,
  { id, podcastId, publishedAt }: Pick<Episode, 'id' | 'podcastId' | 'publishedAt'>,
): Promise<Neighbours> {
  if (publishedAt === null) return { previous: undefined, next: undefined }
  // The database counts finer than our dates: a moment cut to milliseconds lies before itself.
  const others = listed(released.where({ podcastId }).where('id', '!=', id))
  const [previous, next] = await Promise.all([
    repo.one(before(others, publishedAt, id).limit(1)),
    repo.one(after(others, publishedAt, id).limit(1)),
  ])
  return { previous, next }
}
