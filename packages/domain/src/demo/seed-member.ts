import { build, from, type Repo } from '@showrunner/data'
import { personOfAddresses } from '../accounts/index.ts'
import { createMemberFeed } from '../member-feeds/index.ts'
import { Membership } from '../memberships/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { type DemoMember } from './content.ts'
import { morning } from './publication.ts'

/** Somebody who is a member or was one, with the feeds they made. Nobody knows their addresses: a new one has to be made. */
export async function seedMember(
  repo: Repo,
  { name, email, plan, beganDaysAgo, endedDaysAgo, feeds }: DemoMember,
  { asOf, number }: { readonly asOf: Date; readonly number: number },
): Promise<void> {
  const person = await personOfAddresses(repo, [email], name)
  const beganAt = morning(asOf, beganDaysAgo)
  const endedAt = endedDaysAgo === undefined ? null : morning(asOf, endedDaysAgo)
  await repo.insertOrThrow(
    build(Membership, {
      memberfulMemberId: number,
      personId: person.id,
      personMade: true,
      email,
      plan,
      status: endedAt === null ? 'active' : 'ended',
      startedAt: beganAt,
      beganAt,
      endedAt,
    }),
  )
  for (const { podcasts = [], ...feed } of feeds) {
    const rows = await repo.all(from(Podcast).where('slug', 'in', podcasts))
    const params = { ...feed, podcasts: rows.map(({ id }) => id) }
    const made = await createMemberFeed(repo, person, params, beganAt)
    if (!made.ok) throw new Error(`the demo’s feed "${String(feed['name'])}" is refused`)
  }
}
