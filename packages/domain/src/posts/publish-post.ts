import { cast, change, check, type Params, required, type Repo, type Saved } from '@showrunner/data'
import { AS_OPENED, asOpened } from '../conflicts/index.ts'
import { clockShows, saysWhen, staysOut, withMoment } from '../zones/index.ts'
import { firstPublishedBy, isOut } from './first-published.ts'
import { NEEDED_TO_PUBLISH, type Post } from './post.ts'

interface When {
  readonly asOf: Date
  /** By whose clock times are typed. */
  readonly zone?: string
}

/**
 * Publishes a post, or schedules it where `publishedAt`, a moment or typed by the clock of the zone, is still to come.
 * Where none is said, and none is meant (`when`), it is now, or again the one at which it was out before.
 */
export async function publishPost(
  repo: Repo,
  post: Post,
  params: Params,
  { asOf, zone = 'UTC' }: When,
): Promise<Saved<typeof Post>> {
  const firstPublishedAt = firstPublishedBy(post, asOf)
  const asked = cast(post, withMoment(params, 'publishedAt', zone), ['publishedAt'])
  const usual = saysWhen(params) ? {} : { publishedAt: firstPublishedAt ?? asOf }
  const changeset = check(
    change(asked, { published: true, firstPublishedAt, ...usual }),
    required(...NEEDED_TO_PUBLISH, 'publishedAt'),
    staysOut('publishedAt', { isOut: isOut(post, asOf), asOf, how: 'unpublish it' }),
    clockShows('publishedAt', params, zone),
    asOpened,
  )
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
