import { from, type Repo } from '@showrunner/data'
import { Person } from './person.ts'

/** How two writings of one name compare. */
export function nameKey(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase()
}

/** The people with these names, whatever the case they are written in. */
export async function listPeopleNamed(
  repo: Repo,
  names: Iterable<string>,
): Promise<readonly Person[]> {
  const keys = [...new Set([...names].map(nameKey))]
  if (keys.length === 0) return []
  return repo.all(
    from(Person)
      .where((eb) => eb(eb.fn<string>('lower', ['name']), 'in', keys))
      .orderBy({ id: 'asc' }),
  )
}
