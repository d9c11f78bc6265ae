import { build, from, type Repo } from '@showrunner/data'
import { Membership } from '../memberships/index.ts'
import { type Person } from '../people/index.ts'
import { aPerson } from './fixtures.ts'

/** Somebody with a membership that began on 1 January 2026, and goes on. */
export async function aMember(repo: Repo, name: string): Promise<Person> {
  const email = `${name.toLowerCase().replaceAll(' ', '-')}@example.com`
  const person = await aPerson(repo, name, { email })
  const beganAt = new Date('2026-01-01T12:00:00Z')
  const said = { memberfulMemberId: 1000 + person.id, status: 'active', beganAt } as const
  await repo.insertOrThrow(build(Membership, { personId: person.id, ...said }))
  return person
}

export async function endMembership(
  repo: Repo,
  { id: personId }: Pick<Person, 'id'>,
  endedAt: Date,
): Promise<void> {
  await repo.updateAll(from(Membership).where({ personId }), { status: 'ended', endedAt })
}
