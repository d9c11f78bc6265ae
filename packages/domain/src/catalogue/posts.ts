import { from, type Loaded, type Repo } from '@showrunner/data'
import { Post, publishedPosts } from '../posts/index.ts'
import { olderThan, type Slice, sliced, type Wanted } from './slice.ts'

const WHOLE = ['author', 'topics'] as const
export type PostInCatalogue = Loaded<typeof Post, typeof WHOLE>

/** The posts that anybody may read by then, the newest first. */
export async function listPosts(
  repo: Repo,
  wanted: Wanted,
  asOf: Date,
): Promise<Slice<PostInCatalogue>> {
  const { most, offset, after } = wanted
  const out = publishedPosts(from(Post), asOf)
  const found = await repo.all(
    (after ? out.where(olderThan('posts', after)) : out)
      .orderBy({ publishedAt: 'desc', id: 'desc' })
      .limit(most + 1)
      .offset(offset ?? 0)
      .preload(...WHOLE),
  )
  return sliced(found, wanted, ({ publishedAt, id }) => [publishedAt?.toISOString() ?? '', id])
}

/** @throws NotFoundError when nothing of this name is out by then. */
export async function getWholePost(repo: Repo, slug: string, asOf: Date): Promise<PostInCatalogue> {
  return repo.getByOrThrow(publishedPosts(from(Post), asOf).preload(...WHOLE), { slug })
}
