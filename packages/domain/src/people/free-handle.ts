import { tablesOf, type Repo } from '@showrunner/data'
import { freeSlug, slugOf } from '../slugs/index.ts'
import { Person } from './person.ts'
import { PersonHandle } from './person-handle.ts'

/** A handle for somebody of this name that nobody has. */
export async function freeHandle(repo: Repo, name: string): Promise<string> {
  const handle = slugOf(name) || 'member'
  const tables = tablesOf([Person, PersonHandle])
  const alike = await repo.unscoped().run(
    tables
      .selectFrom('people')
      .select('handle')
      .where('handle', 'like', `${handle}%`)
      // What led to somebody leads there for good.
      .unionAll(
        tables.selectFrom('person_handles').select('handle').where('handle', 'like', `${handle}%`),
      ),
  )
  // Pickers say `new` of somebody who is to be added.
  const taken = new Set(['new', ...alike.map((person) => person.handle)])
  return freeSlug(handle, (candidate) => taken.has(candidate))
}
