import { from, type Repo } from '@showrunner/data'
import { type Doer } from '../activity/index.ts'
import { Person } from './person.ts'
import { type Uses } from './pointing.ts'
import { namedAmong, usesOf } from './uses.ts'

export type Removed =
  | { readonly ok: true }
  | { readonly ok: false; readonly why: 'self' }
  | { readonly ok: false; readonly why: 'last administrator' }
  | { readonly ok: false; readonly why: 'named'; readonly uses: readonly Uses[] }

/** Deletes somebody whom nothing names: what others read of them is merged into somebody first. */
export async function deletePerson(repo: Repo, actor: Doer, person: Person): Promise<Removed> {
  if (person.id === actor.person?.id) return { ok: false, why: 'self' }
  return repo.transaction(async () => {
    const locked = from(Person).where({ id: person.id }).orWhere({ admin: true })
    const people = await repo.all(locked.orderBy({ id: 'asc' }).lock('for update'))
    const now = people.find(({ id }) => id === person.id)
    if (!now) return { ok: true }
    if (now.admin && people.length === 1) return { ok: false, why: 'last administrator' }
    const uses = (await usesOf(repo, person.id)).filter(({ names }) => names)
    if (uses.length > 0) return { ok: false, why: 'named', uses }
    await repo.deleteOrThrow(now)
    return { ok: true }
  })
}

/** Of these people, those who never were anything: no role, no address to sign in with, named nowhere. */
export async function listUnused(repo: Repo, ids: readonly number[]): Promise<readonly Person[]> {
  if (ids.length === 0) return []
  const roleless = { admin: false, editor: false, host: false }
  const idle = from(Person)
    .where('id', 'in', ids)
    .where(roleless)
    .where('email', 'is', null)
    .where('signedInAt', 'is', null)
  const people = await repo.all(idle.orderBy({ name: 'asc', id: 'asc' }))
  const named = await namedAmong(repo, ids)
  return people.filter(({ id }) => !named.has(id))
}

/** Deletes, of these people, those who never were anything, and says how many. */
export async function deleteUnused(repo: Repo, ids: readonly number[]): Promise<number> {
  return repo.transaction(async () => {
    await repo.all(from(Person).where('id', 'in', ids).orderBy({ id: 'asc' }).lock('for update'))
    const unused = await listUnused(repo, ids)
    for (const person of unused) await repo.deleteOrThrow(person)
    return unused.length
  })
}
