import { type Person as SaidPerson } from '@showrunner/feeds'
import { type Person } from '../people/index.ts'
import { inFull, type Outside } from './addresses.ts'

interface Part {
  readonly role: string
  readonly personGroup?: string
  readonly person: Person
}

/** The people of a podcast or episode as a feed names them, each with their page here. */
export function peopleOf(
  parts: readonly Part[],
  { publicUrl, paths }: Outside,
): readonly SaidPerson[] {
  return parts.map(({ role, personGroup = 'cast', person }) => ({
    name: person.name,
    role,
    group: personGroup,
    imageUrl: person.avatarUrl === null ? null : inFull(publicUrl, person.avatarUrl),
    link: inFull(publicUrl, paths.person(person.handle)),
  }))
}
