import { addresses } from '../addresses.ts'
import { type Words } from '../words/index.ts'
import { initials } from './names.ts'

export interface PersonCard {
  readonly name: string
  readonly href: string
  readonly initials: string
  readonly avatarUrl: string | null
  readonly role: string | null
}

interface Part {
  readonly role: string
  readonly person: {
    readonly name: string
    readonly handle: string
    readonly avatarUrl: string | null
  }
}

export function personCard({ person, role }: Part, words: Words): PersonCard {
  return {
    name: person.name,
    href: addresses.person(person.handle),
    initials: initials(person.name),
    avatarUrl: person.avatarUrl,
    role: roleName(role, words),
  }
}

/** `audio engineer` is shown as `Audio engineer`. */
export function roleName(role: string, { people }: Words): string {
  const known = people.roles[role.toLowerCase()]
  if (known) return known

  return role.charAt(0).toUpperCase() + role.slice(1)
}
