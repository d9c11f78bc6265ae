import { build, check, type Params, type Repo, type Saved } from '@showrunner/data'
import { keepsOldHandles, saveWithHandle } from './handles.ts'
import { Person, personChangeset } from './person.ts'

export async function findPerson(repo: Repo, handle: string): Promise<Person | undefined> {
  return repo.getBy(Person, { handle })
}

/** @throws NotFoundError when nobody has the handle. */
export async function getPerson(repo: Repo, handle: string): Promise<Person> {
  return repo.getByOrThrow(Person, { handle })
}

/** @throws NotFoundError */
export async function getPersonById(repo: Repo, id: number): Promise<Person> {
  return repo.getOrThrow(Person, id)
}

export async function createPerson(repo: Repo, params: Params): Promise<Saved<typeof Person>> {
  return repo.insert(check(personChangeset(build(Person), params), keepsOldHandles(repo)))
}

export async function updatePerson(
  repo: Repo,
  person: Person,
  params: Params,
): Promise<Saved<typeof Person>> {
  return saveWithHandle(repo, personChangeset(person, params))
}
