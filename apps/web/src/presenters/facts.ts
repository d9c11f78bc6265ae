import { addresses } from '../addresses.ts'
import { roleName } from './people.ts'

/** A line of small print: what it is, and what it says. */
export interface Fact {
  readonly name: string
  readonly words: string
  readonly href: string | null
}

export interface Credit {
  readonly role: string
  readonly person: { readonly name: string; readonly handle: string }
}

export function fact(name: string, words: string, href: string | null = null): Fact {
  return { name, words, href }
}

export function creditFacts(credits: readonly Credit[]): readonly Fact[] {
  return credits.map(({ role, person }) =>
    fact(roleName(role), person.name, addresses.person(person.handle)),
  )
}
