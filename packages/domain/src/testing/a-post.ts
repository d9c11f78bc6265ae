import { randomUUID } from 'node:crypto'
import { build, change, type Repo } from '@showrunner/data'
import { type Person } from '../people/index.ts'
import { creditedPostChangeset, Post } from '../posts/index.ts'

type Params = Readonly<Record<string, unknown>>

/** A post that lacks nothing: somebody's draft, unless the params say when it is out. */
export async function aPost(
  repo: Repo,
  { id: authorId }: Person,
  { publishedAt = null, ...params }: Params & { readonly publishedAt?: Date | null } = {},
): Promise<Post> {
  const { slug = 'a-post' } = params
  const draft = build(Post, { authorId, guid: randomUUID() })
  const changeset = creditedPostChangeset(draft, {
    title: slug,
    slug,
    tldr: `About ${String(slug)}.`,
    body: 'It is **so**.',
    ...params,
  })
  return repo.insertOrThrow(change(changeset, { published: publishedAt !== null, publishedAt }))
}
