import { build, type Repo } from '@showrunner/data'
import { Person, personChangeset } from '../people/index.ts'
import { freeHandle } from './free-handle.ts'

const LONGEST_NAME = 255

/** Whoever has this address; a new member, when nobody has. */
export async function personOfAddress(
  repo: Repo,
  { email, name }: { readonly email: string; readonly name?: string | undefined },
): Promise<Person> {
  const found = await repo.getBy(Person, { email })
  if (found) return found
  const called = nameOf(name) || nameOf(email.slice(0, email.lastIndexOf('@'))) || 'Member'
  const handle = await freeHandle(repo, called)
  return repo.insertOrThrow(personChangeset(build(Person), { name: called, handle, email }))
}

/** One line of what was given. */
function nameOf(given = ''): string {
  return given
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_NAME)
}
