import { from, type Repo } from '@showrunner/data'
import { Person } from './person.ts'

/** How two writings of one name compare. */
export function nameKey(name: string): string {
  return name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()
}

/**
 * The people with these names, whatever the case they are written in. Compared here: what `lower()` makes of an É depends
 * on the locale of the database.
 */
export async function listPeopleNamed(
  repo: Repo,
  names: Iterable<string>,
): Promise<readonly Person[]> {
  const keys = new Set([...names].map(nameKey))
  if (keys.size === 0) return []
  const people = await repo.all(from(Person).select('id', 'name'))
  const ids = people.filter(({ name }) => keys.has(nameKey(name))).map(({ id }) => id)
  if (ids.length === 0) return []
  return repo.all(from(Person).where('id', 'in', ids).orderBy({ id: 'asc' }))
}
