import { from, type Repo } from '@showrunner/data'
import { Episode } from '../episodes/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { Post } from '../posts/index.ts'
import { type Named } from './moved.ts'

/** Whether a podcast or an episode was there for anybody to see, and was taken down. */
export async function isGone(repo: Repo, { podcast: slug, episode }: Named): Promise<boolean> {
  const podcast = await repo.getBy(Podcast, { slug })
  if (!podcast) return false
  if (podcast.status === 'archived') return true
  if (episode === undefined || podcast.status === 'draft') return false
  return repo.exists(
    from(Episode)
      .where({ podcastId: podcast.id, slug: episode, published: false })
      .where('firstPublishedAt', 'is not', null),
  )
}

export async function isPostGone(repo: Repo, slug: string): Promise<boolean> {
  return repo.exists(
    from(Post).where({ slug, published: false }).where('firstPublishedAt', 'is not', null),
  )
}
