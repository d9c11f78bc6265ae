import { from, type Loaded, type Query, type Repo } from '@showrunner/data'
import { Post, publishedPosts } from '../posts/index.ts'
import { type Slice, sliced, type Wanted } from './slice.ts'

const WHOLE = ['author', 'topics'] as const
export type PostInCatalogue = Loaded<typeof Post, typeof WHOLE>

/** The posts that anybody may read by then, the newest first. */
export async function listPosts(
  repo: Repo,
  wanted: Wanted,
  asOf: Date,
): Promise<Slice<PostInCatalogue>> {
  const { most, offset } = wanted
  const out = following(publishedPosts(from(Post), asOf), wanted)
  const found = await repo.all(
    out
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

/** As of the episodes: the row itself counts, where it still stands at the place. */
function following(posts: Query<typeof Post>, { after }: Wanted): Query<typeof Post> {
  if (!after) return posts
  const [moment, id] = [new Date(after[0] ?? ''), Number(after[1])]
  const next = new Date(moment.getTime() + 1)
  return posts.where((eb) => {
    const exact = eb
      .selectFrom('posts as last')
      .select('last.publishedAt')
      .where('last.id', '=', id)
      .where('last.publishedAt', '>=', moment)
      .where('last.publishedAt', '<', next)
    const place = eb.fn.coalesce(exact, eb.val(moment))
    return eb.or([
      eb('posts.publishedAt', '<', place),
      eb.and([eb('posts.publishedAt', '=', place), eb('posts.id', '<', id)]),
    ])
  })
}
