import { change, check, required, type Repo, type Saved } from '@showrunner/data'
import { AS_OPENED, asOpened } from '../conflicts/index.ts'
import { firstPublishedBy } from './first-published.ts'
import { NEEDED_TO_PUBLISH, type Post } from './post.ts'

/**
 * Publishes a post, or schedules it when the moment is still to come. Where no moment is said it is now, or again the
 * one at which it was out before.
 */
export async function publishPost(
  repo: Repo,
  post: Post,
  asOf: Date,
  publishedAt: Date | null = null,
): Promise<Saved<typeof Post>> {
  const firstPublishedAt = firstPublishedBy(post, asOf)
  const published = change(post, {
    published: true,
    publishedAt: publishedAt ?? firstPublishedAt ?? asOf,
    firstPublishedAt,
  })
  const changeset = check(published, required(...NEEDED_TO_PUBLISH), asOpened)
  return repo.update(changeset, AS_OPENED)
}

/** Makes a post a draft again, or one that is scheduled. */
export async function unpublishPost(
  repo: Repo,
  post: Post,
  asOf: Date,
): Promise<Saved<typeof Post>> {
  const firstPublishedAt = firstPublishedBy(post, asOf)
  const draft = change(post, { published: false, publishedAt: null, firstPublishedAt })
  return repo.update(check(draft, asOpened), AS_OPENED)
}

/** What is still missing before a post can be published. */
export function missingToPublish(post: Post): readonly (typeof NEEDED_TO_PUBLISH)[number][] {
  return NEEDED_TO_PUBLISH.filter((field) => !post[field]?.trim())
}
