import { randomUUID } from 'node:crypto'
import {
  build,
  change,
  type Changeset,
  check,
  type Params,
  type Repo,
  type Saved,
} from '@showrunner/data'
import { AS_OPENED, asOpened, type SentParams } from '../conflicts/index.ts'
import { type Actor, isAdmin } from '../policies/index.ts'
import { asSent, withoutUntouched } from './as-sent.ts'
import { isSlugFrozen } from './first-published.ts'
import { creditedPostChangeset, Post, postChangeset } from './post.ts'
import { type PostToEdit } from './read-posts.ts'
import { keepsOldAddresses, withSlug } from './slugs.ts'

/**
 * Somebody's draft, with a guid of its own that it keeps for good, and a slug made from its title unless one is said.
 * Administrators may say that it is another's.
 */
export async function createPost(
  repo: Repo,
  author: Actor,
  params: Params,
): Promise<Saved<typeof Post>> {
  const said = await withSlug(repo, await asSent(repo, params))
  return repo.insert(check(changesetFor(author)(newPost(author), said), keepsOldAddresses(repo)))
}

/** What the form of a post begins with: of one that is there, or of somebody's new one. */
export function editPost(post: Post): Changeset<typeof Post> {
  return change(post, {})
}

export function newPost({ person }: Actor): Post {
  return build(Post, { guid: randomUUID(), ...(person && { authorId: person.id }) })
}

export async function updatePost(
  repo: Repo,
  actor: Actor,
  post: PostToEdit,
  params: Params,
): Promise<Saved<typeof Post>> {
  return repo.update(await changesetOf(repo, actor, post, params), AS_OPENED)
}

/** What saving would come to of what is left of a form that others overtook, and saves nothing. */
export async function proposePost(
  repo: Repo,
  actor: Actor,
  post: PostToEdit,
  merged: SentParams,
): Promise<Changeset<typeof Post>> {
  return changesetOf(repo, actor, post, withoutUntouched(merged))
}

async function changesetOf(
  repo: Repo,
  actor: Actor,
  post: PostToEdit,
  params: Params,
): Promise<Changeset<typeof Post>> {
  const sent = await asSent(repo, params, post.postTopics)
  const said = isSlugFrozen(post) ? sent : await withSlug(repo, sent)
  return check(changesetFor(actor)(post, said), keepsOldAddresses(repo))
}

/** A post that is published since is not deleted: its row is another by now. */
export async function deletePost(repo: Repo, post: Post): Promise<Saved<typeof Post>> {
  return repo.delete(check(change(post), asOpened), AS_OPENED)
}

function changesetFor(actor: Actor) {
  return isAdmin(actor) ? creditedPostChangeset : postChangeset
}
