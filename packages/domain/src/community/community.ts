/** Somebody who is to be invited. */
export interface Invitee {
  readonly name: string
  readonly email: string
  /** Who they are over there, when that is known from an earlier time. */
  readonly userId: string | null
  /** Whether their account over there was made by us. */
  readonly isOurs: boolean
}

/** Somebody who is there. */
export interface Present {
  readonly name: string
  readonly userId: string
  /** Whether their account over there was made by us, and is ours to end. */
  readonly isOurs: boolean
}

/** What an invitation came to. */
export type Invitation =
  /** They are invited by the community itself, or were before. */
  | { readonly kind: 'invited'; readonly words: string }
  /** They are there already. */
  | {
      readonly kind: 'there'
      readonly userId: string
      readonly isOurs: boolean
      readonly words: string
    }
  /** We mail them the invite link of the settings. */
  | { readonly kind: 'mail' }
  /** Nobody is invited before somebody does something about this. */
  | { readonly kind: 'not yet'; readonly reason: string }

/** Something said, and how to find out whether it was said. */
export interface Saying {
  readonly words: string
  readonly key: string
  /** Whether it was begun before, and nobody knows how that ended. */
  readonly isAgain: boolean
}

/** What became of it: `unsure` is not said again, for it may have been said. */
export type Said = 'said' | 'unsure' | 'nowhere'

/**
 * A place where members talk with each other: Slack, and there is room for Zulip and Discord. Everything may be asked for
 * again: whoever is invited, in a channel or out of it is left so.
 *
 * All throw a CommunityError when it could not be done.
 */
export interface Community {
  readonly name: string
  readonly invite: (invitee: Invitee) => Promise<Invitation>
  /** Into the members' channels. Gives those that they were not in. */
  readonly welcome: (member: Present) => Promise<readonly string[]>
  readonly greet: (member: Present, saying: Saying) => Promise<Said>
  /** Out of the members' channels, and of the community, if they were only let in by us. False where nobody can do that. */
  readonly remove: (member: Present) => Promise<boolean>
  /** To those who look after it. */
  readonly announce: (saying: Saying) => Promise<Said>
  /** Who somebody there is; undefined when they are gone. */
  readonly userOf: (
    userId: string,
  ) => Promise<{ readonly name: string; readonly email: string | null } | undefined>
  /** Whether somebody with this address is there: their id. Undefined for nobody, or when it cannot be told. */
  readonly find: (email: string) => Promise<string | undefined>
}
