import { build, from, type Repo } from '@showrunner/data'
import { freeHandle, freeHandles, Person, personChangeset } from '../people/index.ts'

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
  const called = calledBy(name, email)
  const handle = await freeHandle(repo, called)
  return repo.insertOrThrow(personChangeset(build(Person), { name: called, handle, email }))
}

export interface Joining {
  /** In small letters, and known to be an address. */
  readonly email: string
  readonly name: string
}

/** The same of many at once, each with an address of their own; and which of them are new. */
export async function peopleOfAddresses(
  repo: Repo,
  joining: readonly Joining[],
): Promise<{ readonly people: readonly Person[]; readonly added: readonly Person[] }> {
  const emails = joining.map(({ email }) => email)
  const having = from(Person).where('email', 'in', emails)
  const before = new Set((await repo.all(having)).map(({ email }) => email))
  const fresh = joining
    .filter(({ email }) => !before.has(email))
    .map(({ email, name }) => ({ email, name: calledBy(name, email) }))
  const handles = await freeHandles(
    repo,
    fresh.map(({ name }) => name),
  )
  const rows = fresh.map((one, index) => ({ ...one, handle: handles[index] ?? '' }))
  const added = [...(await repo.insertAll(Person, rows, { onConflict: 'nothing' }))]

  // Somebody else took an address, or a handle, in the same moment.
  for (const { email, name } of added.length < rows.length ? fresh : []) {
    if (added.some((person) => person.email === email)) continue
    if (!(await repo.exists(from(Person).where({ email }))))
      added.push(await personOfAddresses(repo, [email], name))
  }
  return { people: await repo.all(having.orderBy({ id: 'asc' })), added }
}

function calledBy(name: string | undefined, email: string): string {
  return nameOf(name) || nameOf(email.slice(0, email.lastIndexOf('@'))) || 'Member'
}

/** One line of what was given. */
function nameOf(given = ''): string {
  return given
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_NAME)
}
