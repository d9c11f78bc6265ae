import { type Message, type PubSub, type Subscription } from '@showrunner/pubsub'
import { Broadcast, readBroadcast } from './broadcast.ts'

/** Who is in a topic at this node. */
export interface Member {
  /** The last part of its id, which is enough within a node. */
  readonly number: number
  told(broadcast: Broadcast): void
}

/** The topics at this node that have a member. Each listens to the pubsub once, whatever the number of its members. */
export class Hubs {
  readonly #pubsub: PubSub
  readonly #hubs = new Map<string, Hub>()

  constructor(pubsub: PubSub) {
    this.#pubsub = pubsub
  }

  /** Done when what other nodes send reaches it. */
  add(topic: string, member: Member): Promise<void> {
    let hub = this.#hubs.get(topic)
    if (!hub) {
      hub = new Hub(topic, this.#pubsub)
      this.#hubs.set(topic, hub)
    }
    hub.members.add(member)
    return hub.ready
  }

  remove(topic: string, member: Member): void {
    const hub = this.#hubs.get(topic)
    if (!hub?.members.delete(member) || hub.members.size > 0) return
    this.#hubs.delete(topic)
    hub.end()
  }

  get size(): number {
    return this.#hubs.size
  }
}

class Hub {
  readonly members = new Set<Member>()
  readonly #topic: string
  readonly #node: string
  readonly #subscription: Subscription

  constructor(topic: string, pubsub: PubSub) {
    this.#topic = topic
    this.#node = pubsub.node
    this.#subscription = pubsub.subscribe(topic, (message) => this.#tell(message))
  }

  get ready(): Promise<void> {
    return this.#subscription.ready
  }

  end(): void {
    this.#subscription.unsubscribe()
  }

  #tell(message: Message): void {
    const read = readBroadcast(message)
    if (!read) return
    const broadcast = new Broadcast(this.#topic, read)
    const sender = numberAt(this.#node, read.from)
    for (const member of this.members) if (member.number !== sender) member.told(broadcast)
  }
}

/** A channel's id: the node, and its number there. */
export const channelId = (node: string, number: number): string => `${node}/${number}`

function numberAt(node: string, id: string | undefined): number | undefined {
  return id?.startsWith(`${node}/`) ? Number(id.slice(node.length + 1)) : undefined
}
