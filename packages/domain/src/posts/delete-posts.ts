import { from, type Repo } from '@showrunner/data'
import { type Actor } from '../policies/index.ts'
import { may } from './policy.ts'
import { Post } from './post.ts'
import { visibleTo } from './scopes.ts'

/** Those of these posts that somebody may see. */
export async function listPostsOf(
  repo: Repo,
  actor: Actor,
  ids: readonly number[],
): Promise<readonly Post[]> {
  return ids.length === 0 ? [] : repo.all(ofThese(actor, ids))
}

/** Deletes those of these posts that somebody may delete, which are drafts, and says how many. */
export async function deletePosts(
  repo: Repo,
  actor: Actor,
  ids: readonly number[],
): Promise<number> {
  if (ids.length === 0) return 0
  return repo.transaction(async () => {
    const found = await repo.all(ofThese(actor, ids).lock('for update'))
    const theirs = found.filter((post) => may(actor, 'delete', post))
    for (const post of theirs) await repo.deleteOrThrow(post)
    return theirs.length
  })
}

function ofThese(actor: Actor, ids: readonly number[]) {
  return visibleTo(actor, from(Post)).where('id', 'in', ids).orderBy({ id: 'asc' })
}
