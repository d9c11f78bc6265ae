import { addresses } from '../addresses.ts'
import { type Words } from '../words/index.ts'
import { type Moment } from './dates.ts'
import { roleName } from './people.ts'

/** A line of small print: what it is, and what it says. */
export interface Fact {
  readonly name: string
  readonly words: string
  readonly href: string | null
  /** What it says, if that is a moment. */
  readonly when: Moment | null
}

export interface Credit {
  readonly role: string
  readonly person: { readonly name: string; readonly handle: string }
}

export function fact(name: string, words: string, href: string | null = null): Fact {
  return { name, words, href, when: null }
}

export function momentFact(name: string, when: Moment): Fact {
  return { name, words: when.full, href: null, when }
}

export function creditFacts(credits: readonly Credit[], words: Words): readonly Fact[] {
  return credits.map(({ role, person }) =>
    fact(roleName(role, words), person.name, addresses.person(person.handle)),
  )
}
