import { randomInt } from 'node:crypto'
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

/** For tests of the whole site: one more administrator, of whom nobody else knows, so that nobody waits for another. */
export async function anotherAdministrator(repo: Repo, name: string): Promise<Person> {
  const handle = `administrator-${randomInt(2 ** 40).toString(36)}`
  return repo.insertOrThrow(personChangeset(build(Person, { admin: true }), { name, handle }))
}
