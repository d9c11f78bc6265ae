import { type Message } from '@showrunner/pubsub'
import { type Clock } from './clock.ts'
import { type Dots } from './dots.ts'
import { type Entry, type Meta } from './entry.ts'
import { NO_HELD, type Held, type Part } from './part.ts'
import { type Replica } from './replica.ts'

/** What replicas tell each other. */
export type Gossip =
  | {
      readonly is: 'heartbeat'
      readonly from: Replica
      readonly clock: Clock
      /** What happened at the sender since its last one. */
      readonly delta: Part
    }
  | { readonly is: 'ask'; readonly from: Replica; readonly clock: Clock }
  | {
      readonly is: 'answer'
      readonly from: Replica
      readonly part: Part
      /** Whether it is all the sender knows, or what the other had missed. */
      readonly whole: boolean
    }
  | { readonly is: 'goodbye'; readonly from: Replica }

type WirePart = readonly [
  seen: readonly (readonly [Replica, Dots])[],
  held: readonly (readonly [Replica, readonly WireEntry[]])[],
]
type WireEntry = readonly [clock: number, topic: string, key: string, owner: string, meta: Meta]

type WireGossip =
  | readonly ['heartbeat', Replica, readonly (readonly [Replica, number])[], WirePart]
  | readonly ['ask', Replica, readonly (readonly [Replica, number])[]]
  | readonly ['answer', Replica, WirePart, boolean]
  | readonly ['goodbye', Replica]

export function toWire(gossip: Gossip): Message {
  return wired(gossip)
}

function wired(gossip: Gossip): WireGossip {
  switch (gossip.is) {
    case 'heartbeat':
      return ['heartbeat', gossip.from, [...gossip.clock], wiredPart(gossip.delta)]
    case 'ask':
      return ['ask', gossip.from, [...gossip.clock]]
    case 'answer':
      return ['answer', gossip.from, wiredPart(gossip.part), gossip.whole]
    case 'goodbye':
      return ['goodbye', gossip.from]
    default:
      return gossip satisfies never
  }
}

/** Only other nodes of this program speak on the topics of trackers, so what comes is what `toWire` made. */
export function fromWire(message: Message): Gossip {
  const wire = message as WireGossip
  switch (wire[0]) {
    case 'heartbeat':
      return { is: 'heartbeat', from: wire[1], clock: new Map(wire[2]), delta: partOf(wire[3]) }
    case 'ask':
      return { is: 'ask', from: wire[1], clock: new Map(wire[2]) }
    case 'answer':
      return { is: 'answer', from: wire[1], part: partOf(wire[2]), whole: wire[3] }
    case 'goodbye':
      return { is: 'goodbye', from: wire[1] }
    default:
      throw new Error(`unknown kind of gossip: ${JSON.stringify(wire satisfies never)}`)
  }
}

function wiredPart({ seen, held }: Part): WirePart {
  const entries = [...held].map(([replica, own]): [Replica, WireEntry[]] => [
    replica,
    own.values().map(({ clock, topic, key, owner, meta }) => [clock, topic, key, owner, meta]),
  ])
  return [[...seen], entries.filter(([, own]) => own.length > 0)]
}

function partOf([seen, held]: WirePart): Part {
  return {
    seen: new Map(seen),
    held: new Map(held.map(([replica, own]) => [replica, heldIn(replica, own)])),
  }
}

function heldIn(replica: Replica, wired: readonly WireEntry[]): Held {
  const edit = {}
  return wired.reduce((held, [clock, topic, key, owner, meta]) => {
    const entry: Entry = { replica, clock, topic, key, owner, meta }
    return held.set(clock, entry, edit)
  }, NO_HELD)
}
