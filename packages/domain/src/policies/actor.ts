export interface Somebody {
  readonly id: number
  readonly handle: string
  readonly name?: string
}

/** Whoever asks. An `Account` is one; who is not signed in is the `VISITOR`. */
export interface Actor {
  readonly person?: Somebody
  /** Who acts in their name: an administrator who looks at the site as they see it. */
  readonly masquerader?: Somebody
  /** By what they act, where that is not their browser: for the log. */
  readonly via?: string
  readonly isAdmin: boolean
  readonly isEditor: boolean
  /** The podcasts they are let work on, by id. */
  readonly hostOf: readonly number[]
}

export const VISITOR: Actor = { isAdmin: false, isEditor: false, hostOf: [] }

/** What belongs to a podcast: an episode, a request, or what is yet to be made for it. */
export interface OfPodcast {
  readonly podcastId: number
}

export function isAdmin(actor: Actor): boolean {
  return actor.isAdmin
}

/** Works on the network's own texts. */
export function isEditor(actor: Actor): boolean {
  return actor.isAdmin || actor.isEditor
}

/** Works on a podcast, whichever. */
export function isHost(actor: Actor): boolean {
  return actor.isAdmin || actor.hostOf.length > 0
}

/** Has work in the admin area. A host without a podcast has none. */
export function isStaff(actor: Actor): boolean {
  return isEditor(actor) || isHost(actor)
}

/** Works on the podcast that this belongs to. */
export function isItsHost(actor: Actor, { podcastId }: OfPodcast): boolean {
  return actor.isAdmin || actor.hostOf.includes(podcastId)
}

export function isSelf(actor: Actor, person: { readonly id: number }): boolean {
  return actor.person?.id === person.id
}
