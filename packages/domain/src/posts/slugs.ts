import {
  addError,
  build,
  check,
  from,
  getChange,
  type Params,
  prepareChanges,
  type Repo,
  type Saved,
  type Validator,
} from '@showrunner/data'
import { AS_OPENED } from '../conflicts/index.ts'
import { freeSlug, RESERVED_POST_SLUGS, slugOf } from '../slugs/index.ts'
import { firstPublishedBy } from './first-published.ts'
import { Post, postSlugChangeset } from './post.ts'
import { PostSlug } from './post-slug.ts'

const WITHOUT_LETTERS = 'post'

/** Gives a post another address. Once it was out, the old one leads there for good. */
export async function changeSlug(
  repo: Repo,
  post: Post,
  params: Params,
  asOf: Date,
): Promise<Saved<typeof Post>> {
  return repo.transaction(async () => {
    const changeset = check(postSlugChangeset(post, params), keepsOldAddresses(repo))
    const saved = await repo.update(changeset, AS_OPENED)
    if (saved.ok && saved.value.slug !== post.slug) {
      await repo.deleteAll(from(PostSlug).where({ slug: saved.value.slug }))
      if (firstPublishedBy(post, asOf)) {
        await repo.insertOrThrow(build(PostSlug, { postId: post.id, slug: post.slug }))
      }
    }
    return saved
  })
}

/** A slug that leads to another post since that one was called so is taken. The last rule of a changeset that changes one. */
export function keepsOldAddresses(repo: Repo): Validator<typeof Post> {
  return prepareChanges<typeof Post>(async (changeset) => {
    const slug = getChange(changeset, 'slug')
    if (slug === undefined) return changeset
    const old = await repo.getBy(from(PostSlug).preload('post'), { slug })
    if (!old || old.postId === changeset.row.id) return changeset
    return addError(changeset, 'slug', 'was the address of "%{title}", and still leads there', {
      title: old.post.title,
    })
  })
}

/** What was said of a draft, with a slug where it was left out: made from the title, and free. */
export async function withSlug(repo: Repo, params: Params): Promise<Params> {
  if (!isRecord(params) || !isBlank(params['slug']) || isBlank(params['title'])) return params
  const slug = slugOf(String(params['title'])) || WITHOUT_LETTERS
  const [posts, old] = await Promise.all([
    repo.all(from(Post).where('slug', 'like', `${slug}%`).select('slug')),
    repo.all(from(PostSlug).where('slug', 'like', `${slug}%`)),
  ])
  const taken = new Set([...RESERVED_POST_SLUGS, ...[...posts, ...old].map((one) => one.slug)])
  return { ...params, slug: freeSlug(slug, (candidate) => taken.has(candidate)) }
}

function isRecord(params: Params): params is Readonly<Record<string, unknown>> {
  return typeof params === 'object' && params !== null
}

function isBlank(value: unknown): boolean {
  return typeof value !== 'string' || value.trim() === ''
}
