import { build, from, tablesOf, type Repo } from '@showrunner/data'
import { Person, personChangeset } from '../people/index.ts'
import { freeSlug } from '../slugs/index.ts'

/** The administrator who was there first; made now, with a name to be changed, when there is none. */
export async function firstAdministrator(repo: Repo): Promise<Person> {
  const administrators = from(Person).where({ admin: true }).orderBy({ id: 'asc' }).limit(1)
  const found = await repo.one(administrators)
  if (found) return found
  const handles = await repo.run(tablesOf([Person]).selectFrom('people').select('handle'))
  const taken = new Set(handles.map(({ handle }) => handle))
  const handle = freeSlug('administrator', (candidate) => taken.has(candidate))
  const made = await repo.insert(
    personChangeset(build(Person), { name: 'Administrator', handle, admin: true }),
  )
  // Refused: another node has made one in the meantime.
  return made.ok ? made.value : repo.oneOrThrow(administrators)
}
