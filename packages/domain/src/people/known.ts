import { dynamic, from, type Repo } from '@showrunner/data'
import { type Known, knownBy } from '../rows/index.ts'
import { Person } from './person.ts'

/** People by what a picker sends: `Ada Lovelace (ada)`. */
export function knownPeople(repo: Repo): Known {
  return knownBy(async (words) => {
    const named = dynamic(Person).and('handle', 'in', words).or('name', 'in', words)
    const people = await repo.all(from(Person).where(named))
    return people.map(({ id, name, handle }) => ({ id, name, key: handle }))
  })
}
