import { from, type Repo } from '@showrunner/data'
import { createMemberFeed } from '../member-feeds/index.ts'
import { Person } from '../people/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { type DemoFeed } from './content.ts'
import { morning } from './publication.ts'

/** A private feed of somebody who is a member, or was one. Nobody knows its address: a new one has to be made. */
export async function seedFeed(
  repo: Repo,
  { owner, daysAgo, podcasts = [], ...said }: DemoFeed,
  asOf: Date,
): Promise<void> {
  const person = await repo.getByOrThrow(Person, { email: owner })
  const rows = await repo.all(from(Podcast).where('slug', 'in', podcasts))
  const params = { ...said, podcasts: rows.map(({ id }) => id) }
  const made = await createMemberFeed(repo, person, params, morning(asOf, daysAgo))
  if (!made.ok) throw new Error(`the demo’s feed of ${owner} is refused`)
}
