import { type Account, type SessionWithPerson } from '@showrunner/domain/accounts'

/** Who is at the other end of a socket. */
export interface Visitor {
  /** Nobody we know, when they are not signed in. */
  readonly account: Account | undefined
  /** Does something where the rows of this visitor are: for tests, their sandbox. */
  readonly within: <T>(work: () => T) => T
}

/** All sockets of somebody, by which they are closed when a session of theirs ends or what they may do changes. */
export function socketsOf(personId: number): string {
  return `person:${personId}`
}

/** Whose session it is, also while they act in somebody else's name. */
export function ownerOf({ person, masquerader }: SessionWithPerson): number {
  return (masquerader ?? person).id
}
