import { build, from, inc, type Repo } from '@showrunner/data'
import { newToken, tokenHash } from '../accounts/index.ts'
import { type Doer, record } from '../activity/index.ts'
import { getPost, isOut, type Post, type PostToEdit } from '../posts/index.ts'
import { PostPreviewLink, type PostPreviewWithMaker } from './post-preview-link.ts'
import { PREVIEW_LASTS_MS } from './previews.ts'

/** A token that shows this post to whoever has it, for thirty days. Only its hash is kept: it cannot be shown again. */
export async function sharePostPreview(
  repo: Repo,
  { id: postId, title }: Pick<Post, 'id' | 'title'>,
  by: Doer,
  asOf: Date,
): Promise<{ readonly token: string; readonly link: PostPreviewLink }> {
  const token = newToken()
  const expiresAt = new Date(asOf.getTime() + PREVIEW_LASTS_MS)
  const said = { postId, expiresAt, tokenHash: tokenHash(token) }
  return repo.transaction(async () => {
    const link = await repo.insertOrThrow(
      build(PostPreviewLink, { ...said, ...(by.person && { madeById: by.person.id }) }),
    )
    const subject = { type: 'post', id: postId, title, podcastId: null }
    await record(repo, by, { action: 'shared', subject, at: asOf })
    return { token, link }
  })
}

/** Every preview link of a post that still leads there, the newest first. */
export async function listPostPreviews(
  repo: Repo,
  { id: postId }: Pick<Post, 'id'>,
  asOf: Date,
): Promise<readonly PostPreviewWithMaker[]> {
  const usable = from(PostPreviewLink)
    .where({ postId })
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', asOf)
  return repo.all(usable.orderBy({ id: 'desc' }).preload('madeBy'))
}

/** Ends a preview link of this post. False when there is none of that number that still led there. */
export async function revokePostPreview(
  repo: Repo,
  { id: postId }: Pick<Post, 'id'>,
  id: number,
  asOf: Date,
): Promise<boolean> {
  const link = from(PostPreviewLink).where({ postId, id }).where('revokedAt', 'is', null)
  return (await repo.updateAll(link, { revokedAt: asOf })) > 0
}

/** What a preview link leads to: it was revoked or has run out; the post is out; or what its page will be. */
export type PostPreview =
  | { readonly state: 'over' }
  | { readonly state: 'out'; readonly slug: string }
  | { readonly state: 'preview'; readonly post: PostToEdit }

/** What this token shows, and that it was looked at. Undefined where there never was one. */
export async function findPostPreview(
  repo: Repo,
  token: string,
  asOf: Date,
): Promise<PostPreview | undefined> {
  const link = await repo.getBy(PostPreviewLink, { tokenHash: tokenHash(token) })
  if (!link) return undefined
  if (link.revokedAt !== null || link.expiresAt <= asOf) return { state: 'over' }

  const seen = { views: inc(1), lastSeenAt: asOf }
  await repo.updateAll(from(PostPreviewLink).where({ id: link.id }), seen)
  const post = await getPost(repo, link.postId)
  return isOut(post, asOf) ? { state: 'out', slug: post.slug } : { state: 'preview', post }
}
