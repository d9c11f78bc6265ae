import { build, type Params, type Repo, type Saved } from '@showrunner/data'
import { AS_OPENED } from '../conflicts/index.ts'
import { Person, personChangeset } from './person.ts'

export async function findPerson(repo: Repo, handle: string): Promise<Person | undefined> {
  return repo.getBy(Person, { handle })
}

/** @throws NotFoundError when nobody has the handle. */
export async function getPerson(repo: Repo, handle: string): Promise<Person> {
  return repo.getByOrThrow(Person, { handle })
}

export async function createPerson(repo: Repo, params: Params): Promise<Saved<typeof Person>> {
  return repo.insert(personChangeset(build(Person), params))
}

export async function updatePerson(
  repo: Repo,
  person: Person,
  params: Params,
): Promise<Saved<typeof Person>> {
  return repo.update(personChangeset(person, params), AS_OPENED)
}
