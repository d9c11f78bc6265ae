import { build, from, type Repo } from '@showrunner/data'
import { Person, personChangeset } from '../people/index.ts'
import { freeHandle } from '../people/index.ts'

const LONGEST_NAME = 255

/** Whoever has one of these addresses, the first before the others; a new member with the first, when nobody has. */
export async function personOfAddresses(
  repo: Repo,
  emails: readonly string[],
  name?: string,
): Promise<Person> {
  const having = await repo.all(from(Person).where('email', 'in', emails))
  const known = emails.map((email) => having.find((person) => person.email === email))
  const found = known.find((person) => person !== undefined)
  if (found) return found

  const [email = ''] = emails
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
