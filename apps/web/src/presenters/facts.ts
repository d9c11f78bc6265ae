import { listOf } from './names.ts'
import { roleName } from './people.ts'

/** A line of small print: what it is, and what it says. */
export interface Fact {
  readonly name: string
  readonly words: string
  readonly href: string | null
}

export interface Credit {
  readonly role: string
  readonly person: { readonly name: string }
}

export function fact(name: string, words: string, href: string | null = null): Fact {
  return { name, words, href }
}

/** A line for every role, with all who have it. */
export function creditFacts(credits: readonly Credit[]): readonly Fact[] {
  const roles = Map.groupBy(credits, ({ role }) => role)

  return Array.from(roles, ([role, members]) =>
    fact(roleName(role), listOf(members.map(({ person }) => person.name))),
  )
}
