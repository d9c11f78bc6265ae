import { build, from, type Repo } from '@showrunner/data'
import { Person, personChangeset } from '../people/index.ts'
import { freeHandle } from '../people/index.ts'

/** The administrator who was there first; made now, with a name to be changed, when there is none. */
export async function firstAdministrator(repo: Repo): Promise<Person> {
  const administrators = from(Person).where({ admin: true }).orderBy({ id: 'asc' }).limit(1)
  const found = await repo.one(administrators)
  if (found) return found
  const handle = await freeHandle(repo, 'administrator')
  const made = await repo.insert(
    personChangeset(build(Person, { admin: true }), { name: 'Administrator', handle }),
  )
  // Refused: another node has made one in the meantime.
  return made.ok ? made.value : repo.oneOrThrow(administrators)
}
