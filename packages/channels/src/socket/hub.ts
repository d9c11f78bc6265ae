import { type Time } from '@showrunner/presence'
import { type Log, type Message, type PubSub, type Subscription } from '@showrunner/pubsub'
import { type Coming } from '../replay/ring.ts'
import { type SharedRing } from '../replay/shared-ring.ts'
import { Rings } from '../replay/rings.ts'
import { Broadcast, readBroadcast, type BroadcastMessage } from './broadcast.ts'

/** Who is in a topic at this node. */
export interface Member {
  /** The last part of its id, which is enough within a node. */
  readonly number: number
  told(broadcast: Broadcast): void
  /** It was told to everybody else, as it is from this one. */
  passed(broadcast: Broadcast): void
  /** Something did not come to this node: whoever wants to miss nothing has to know. */
  lost(): void
}

export interface HubsParts {
  readonly pubsub: PubSub
  readonly time: Time
  readonly log: Log
}

/** The topics at this node that have a member. Each listens to the pubsub once, whatever the number of its members. */
export class Hubs {
  readonly #parts: HubsParts
  readonly #hubs = new Map<string, Hub>()
  #rings: Rings | undefined

  constructor(parts: HubsParts) {
    this.#parts = parts
  }

  /** Done when what other nodes send reaches it. `replay` is how many of its messages the topic keeps. */
  add(topic: string, member: Member, replay?: number): Promise<void> {
    let hub = this.#hubs.get(topic)
    if (!hub) {
      hub = new Hub(topic, this.#parts.pubsub)
      this.#hubs.set(topic, hub)
      if (replay !== undefined) hub.ring = this.#ringsOfThis().open(topic, replay, hub.ready)
    }
    this.#rings?.use(topic)
    hub.members.add(member)
    return hub.ready
  }

  /** What a topic keeps is there for some time after everybody has gone. */
  remove(topic: string, member: Member): void {
    const hub = this.#hubs.get(topic)
    if (!hub?.members.delete(member) || hub.members.size > 0) return
    if (hub.ring) this.#rings?.leave(topic)
    else this.#end(topic)
  }

  ringOf(topic: string): SharedRing | undefined {
    return this.#hubs.get(topic)?.ring
  }

  get size(): number {
    return this.#hubs.size
  }

  close(): void {
    this.#rings?.close()
    for (const topic of this.#hubs.keys()) this.#end(topic)
  }

  #end(topic: string): void {
    this.#hubs.get(topic)?.end()
    this.#hubs.delete(topic)
  }

  #ringsOfThis(): Rings {
    this.#rings ??= new Rings({
      ...this.#parts,
      ringOf: (topic) => this.ringOf(topic),
      forget: (topic) => this.#end(topic),
      reconnected: () => this.#restartRings(),
    })
    return this.#rings
  }

  #restartRings(): void {
    for (const hub of this.#hubs.values()) hub.restart()
  }
}

class Hub {
  readonly members = new Set<Member>()
  ring: SharedRing | undefined
  readonly #topic: string
  readonly #node: string
  readonly #subscription: Subscription

  constructor(topic: string, pubsub: PubSub) {
    this.#topic = topic
    this.#node = pubsub.node
    this.#subscription = pubsub.subscribe(topic, (message) => this.#heard(message))
  }

  get ready(): Promise<void> {
    return this.#subscription.ready
  }

  restart(): void {
    if (!this.ring) return
    this.ring.restart()
    this.#lost()
  }

  end(): void {
    this.#subscription.unsubscribe()
    this.ring?.end()
  }

  #heard(message: Message): void {
    const read = readBroadcast(message)
    if (!read) return
    const coming = this.#keep(read)
    const id = coming === undefined ? null : (this.ring?.id ?? null)
    if (coming === 'after a gap') this.#lost()
    const broadcast = new Broadcast(this.#topic, read, id)
    const sender = numberAt(this.#node, read.from)
    for (const member of this.members) {
      if (member.number === sender) member.passed(broadcast)
      else member.told(broadcast)
    }
  }

  #keep({ event, payload, place }: BroadcastMessage): Coming | undefined {
    return place && this.ring?.take({ ...place, event, payload })
  }

  #lost(): void {
    for (const member of this.members) member.lost()
  }
}

/** A channel's id: the node, and its number there. */
export const channelId = (node: string, number: number): string => `${node}/${number}`

function numberAt(node: string, id: string | undefined): number | undefined {
  return id?.startsWith(`${node}/`) ? Number(id.slice(node.length + 1)) : undefined
}
