import { type Repo } from '@showrunner/data'
import { personOfAddresses } from '../accounts/index.ts'
import { EMAIL } from '../formats/index.ts'
import { emailChangeset, Person } from '../people/index.ts'
import { type Membership } from './membership.ts'

export interface Linked {
  readonly personId: number | null
  readonly personMade: boolean
  readonly words: readonly string[]
}

/**
 * Whose a membership is. It is found by the address once, and then belongs to them, whatever address Memberful says later:
 * an address signs in, and Memberful's word for it is nobody's proof. Only who was made for the membership, and has never
 * been here, follows it.
 */
export async function linkPerson(
  repo: Repo,
  { personId, personMade, email: oldEmail }: Membership,
  {
    email,
    fullName,
    isWanted,
  }: {
    readonly email: string | null
    readonly fullName: string | null
    /** Whether somebody is made where nobody has the address. */
    readonly isWanted: boolean
  },
): Promise<Linked> {
  const person = personId === null ? undefined : await repo.get(Person, personId)
  const unchanged = { personId: person?.id ?? null, personMade: person ? personMade : false }
  if (email === null) return { ...unchanged, words: [] }
  if (!EMAIL.test(email)) {
    return {
      ...unchanged,
      words: person ? [] : [`“${email}” is no address: nobody can be found by it.`],
    }
  }
  if (!person) return isWanted ? foundOrMade(repo, email, fullName) : { ...unchanged, words: [] }
  if (email === oldEmail || email === person.email) return { ...unchanged, words: [] }
  return moved(repo, { person, personMade, email })
}

async function foundOrMade(repo: Repo, email: string, fullName: string | null): Promise<Linked> {
  const known = await repo.getBy(Person, { email })
  const person = known ?? (await personOfAddresses(repo, [email], fullName ?? undefined))
  const words = known
    ? `It belongs to ${person.name}, who has the address ${email} here.`
    : `${person.name} was added, with the address ${email}.`
  return { personId: person.id, personMade: !known, words: [words] }
}

/** The address has changed at Memberful. */
async function moved(
  repo: Repo,
  {
    person,
    personMade,
    email,
  }: { readonly person: Person; readonly personMade: boolean; readonly email: string },
): Promise<Linked> {
  const isUnused =
    personMade && person.signedInAt === null && !person.admin && !person.editor && !person.host
  if (!isUnused) {
    const words = `The address is ${email} at Memberful now. ${person.name} keeps the one they have here: they can change it themselves.`
    return { personId: person.id, personMade, words: [words] }
  }
  const other = await repo.getBy(Person, { email })
  if (other) {
    const words = `It belongs to ${other.name} now, who has the new address ${email} here; ${person.name} had never been here.`
    return { personId: other.id, personMade: false, words: [words] }
  }
  await repo.updateOrThrow(emailChangeset(person, { email }))
  const words = `${person.name} has the new address ${email} here as well: they had never been here.`
  return { personId: person.id, personMade, words: [words] }
}
