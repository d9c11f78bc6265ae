import { type Repo } from '@showrunner/data'
import { type MemberfulSite } from '@showrunner/memberful'
import { type Person } from '../people/index.ts'

/**
 * What follows from somebody becoming a member, and from their no longer being one. It is told in the transaction in which
 * that is stored, and may be told the same twice: whatever takes longer than a row is enqueued.
 */
export interface MembershipListener {
  readonly joined: (repo: Repo, person: Person, asOf: Date) => Promise<unknown>
  readonly left: (repo: Repo, person: Person, asOf: Date) => Promise<unknown>
}

export interface MembershipParts {
  readonly repo: Repo
  readonly clock: () => Date
  /** Where Memberful can be asked; without it, what it sends has to do. */
  readonly memberful?: MemberfulSite
}

export interface ListeningParts extends MembershipParts {
  readonly listeners: readonly MembershipListener[]
}
