import { type Query, type Repo } from '@showrunner/data'
import { type Episode } from './episode.ts'
import { after, before, newestFirst, oldestFirst } from './scopes.ts'

type Released = Query<typeof Episode>

export interface Neighbours {
  readonly previous: Episode | undefined
  readonly next: Episode | undefined
}

/** The episodes before and after one, of its podcast and among these. */
export async function neighboursOf(
  repo: Repo,
  released: Released,
  episode: Episode,
): Promise<Neighbours> {
  const { podcastId, publishedAt, id } = episode
  if (publishedAt === null) return { previous: undefined, next: undefined }
  const others = released.where({ podcastId }).where('id', '!=', id)
  const [previous, next] = await Promise.all([
    repo.one(newestFirst(others.where('publishedAt', '<=', publishedAt)).limit(1)),
    repo.one(oldestFirst(others.where('publishedAt', '>=', publishedAt)).limit(1)),
  ])
  // Only among episodes of one moment do ids count, which needs an expression that is compiled each time.
  return {
    previous: sameMoment(previous, episode)
      ? await repo.one(before(released, episode).limit(1))
      : previous,
    next: sameMoment(next, episode) ? await repo.one(after(released, episode).limit(1)) : next,
  }
}

function sameMoment(found: Episode | undefined, { publishedAt }: Episode): boolean {
  return found?.publishedAt?.getTime() === publishedAt?.getTime()
}
