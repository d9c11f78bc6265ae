import { tablesOf, type Repo } from '@showrunner/data'
import { Person } from '../people/index.ts'
import { freeSlug, slugOf } from '../slugs/index.ts'

/** A handle for somebody of this name that nobody has. */
export async function freeHandle(repo: Repo, name: string): Promise<string> {
  const handle = slugOf(name) || 'member'
  const alike = await repo
    .unscoped()
    .run(
      tablesOf([Person])
        .selectFrom('people')
        .select('handle')
        .where('handle', 'like', `${handle}%`),
    )
  const taken = new Set(alike.map((person) => person.handle))
  return freeSlug(handle, (candidate) => taken.has(candidate))
}
