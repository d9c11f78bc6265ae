import { type Listener, type Message, type PubSub, type Subscription } from '@showrunner/pubsub'

interface Sent {
  readonly topic: string
  readonly message: Message
}

/**
 * Nodes of one broker, which takes messages one after the other and hands them on to each node in that order, when it is told
 * to: so one node hears of something long before another does. Its own a node hears at once.
 */
export class Broker {
  readonly #knowsListeners: boolean
  readonly #nodes = new Map<string, { readonly node: BrokerNode; waiting: Sent[] }>()

  /** @param knowsListeners A node gets only what was sent after it began to listen, as with NATS, or all that comes, as with PostgreSQL. */
  constructor(knowsListeners: boolean) {
    this.#knowsListeners = knowsListeners
  }

  open(name: string): BrokerNode {
    const node = new BrokerNode(name, this)
    this.#nodes.set(name, { node, waiting: [] })
    return node
  }

  remove(name: string): void {
    this.#nodes.delete(name)
  }

  send(from: string, to: string | undefined, topic: string, message: Message): void {
    for (const [name, { node, waiting }] of this.#nodes) {
      if (name === from || (to ?? name) !== name) continue
      if (this.#knowsListeners && !node.listensTo(topic)) continue
      waiting.push({ topic, message: structuredClone(message) })
    }
  }

  lose(to: string): void {
    const inbox = this.#nodes.get(to)
    if (inbox) inbox.waiting = []
  }

  /** Hands one message on, to one of the nodes for which some wait. */
  deliver(which: number): boolean {
    const waiting = [...this.#nodes.values()].filter((inbox) => inbox.waiting.length > 0)
    const inbox = waiting[which % waiting.length]
    const sent = inbox?.waiting.shift()
    if (!inbox || !sent) return false
    inbox.node.tell(sent.topic, sent.message)
    return true
  }

  deliverAll(): void {
    while (this.deliver(0));
  }
}

export class BrokerNode implements PubSub {
  readonly node: string
  readonly #broker: Broker
  readonly #listeners = new Set<Subscription & { readonly listener: Listener }>()
  readonly #reconnected = new Set<() => void>()

  constructor(node: string, broker: Broker) {
    this.node = node
    this.#broker = broker
  }

  subscribe(topic: string, listener: Listener): Subscription {
    const subscription = {
      topic,
      listener,
      ready: Promise.resolve(),
      unsubscribe: () => void this.#listeners.delete(subscription),
    }
    this.#listeners.add(subscription)
    return subscription
  }

  listensTo(topic: string): boolean {
    return [...this.#listeners].some((subscription) => subscription.topic === topic)
  }

  tell(topic: string, message: Message, but?: Subscription): void {
    for (const subscription of this.#listeners) {
      if (subscription.topic === topic && subscription !== but) {
        subscription.listener(message, topic)
      }
    }
  }

  async broadcast(topic: string, message: Message): Promise<void> {
    this.tell(topic, message)
    this.#broker.send(this.node, undefined, topic, message)
  }

  async broadcastFrom(from: Subscription, topic: string, message: Message): Promise<void> {
    this.tell(topic, message, from)
    this.#broker.send(this.node, undefined, topic, message)
  }

  localBroadcast(topic: string, message: Message): void {
    this.tell(topic, message)
  }

  localBroadcastFrom(from: Subscription, topic: string, message: Message): void {
    this.tell(topic, message, from)
  }

  async directBroadcast(node: string, topic: string, message: Message): Promise<void> {
    if (node === this.node) this.tell(topic, message)
    else this.#broker.send(this.node, node, topic, message)
  }

  on(event: 'disconnected' | 'reconnected', listener: () => void): () => void {
    if (event === 'reconnected') this.#reconnected.add(listener)
    return () => void this.#reconnected.delete(listener)
  }

  /** What was on its way to it is lost, which it is told. */
  cutOff(): void {
    this.#broker.lose(this.node)
    for (const listener of this.#reconnected) listener()
  }

  async close(): Promise<void> {
    this.#listeners.clear()
    this.#broker.remove(this.node)
  }
}
