import { type Message } from '@showrunner/pubsub'
import { type Replica } from './replica.ts'

/** What is told of whoever is tracked. `phx_ref` is there when it has been tracked, `phx_ref_prev` after an update. */
export type Meta = { readonly [name: string]: Message | undefined }

/**
 * Somebody is there: `owner`, something that lives on one node, tracks `key` in `topic`. The replica and its clock are
 * the dot of the operation that made it so, and no other entry has them.
 */
export interface Entry {
  readonly replica: Replica
  readonly clock: number
  readonly topic: string
  readonly key: string
  readonly owner: string
  readonly meta: Meta
}

/** Two entries of which only one can be true. An owner lives on one node, so its replica is part of that. */
export function sameIdentity(left: Entry, right: Entry): boolean {
  return (
    left.owner === right.owner &&
    left.key === right.key &&
    left.topic === right.topic &&
    left.replica === right.replica
  )
}

/** What became visible, and what is no longer. */
export interface Diff {
  readonly joins: readonly Entry[]
  readonly leaves: readonly Entry[]
}

export const NO_DIFF: Diff = { joins: [], leaves: [] }
