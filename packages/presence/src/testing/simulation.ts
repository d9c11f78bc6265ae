import { type Listener, type Message, type PubSub } from '@showrunner/pubsub'
import { type Time } from '../tracker/time.ts'

/** Numbers from 0 up to 1 that are the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** What may happen to a message on its way. */
export interface Weather {
  /** How many of them get lost, and how many come twice: from 0 to 1. */
  loss: number
  doubling: number
  /** How long they take at most. With more than 0 they overtake each other. */
  delayMs: number
}

export interface Sent {
  readonly from: string
  readonly to: string | undefined
  readonly message: Message
}

export interface SimulatedNetwork {
  readonly weather: Weather
  /** Everything that was ever said. */
  readonly sent: Sent[]
  node(name: string): PubSub
  cut(one: string, other: string): void
  heal(): void
}

/** Nodes that reach each other as the weather allows. A message that is cut off is lost, also when it was on its way. */
export function simulatedNetwork(time: Time, random: () => number): SimulatedNetwork {
  const nodes = new Map<string, Map<string, Set<Listener>>>()
  const cuts = new Set<string>()
  const weather: Weather = { loss: 0, doubling: 0, delayMs: 0 }
  const sent: Sent[] = []
  const isCut = (from: string, to: string) => cuts.has(`${from}>${to}`)

  const carry = (from: string, to: string, topic: string, message: Message) => {
    if (isCut(from, to) || random() < weather.loss) return
    const deliver = () => {
      if (isCut(from, to)) return
      for (const listener of nodes.get(to)?.get(topic) ?? []) listener(message, topic)
    }
    const times = random() < weather.doubling ? 2 : 1
    for (let copy = 0; copy < times; copy++) time.after(random() * weather.delayMs, deliver)
  }

  return {
    weather,
    sent,
    node: (name) => {
      const topics = new Map<string, Set<Listener>>()
      nodes.set(name, topics)
      return nodeOf(name, topics, {
        broadcast: async (topic, message) => {
          sent.push({ from: name, to: undefined, message })
          for (const to of nodes.keys()) if (to !== name) carry(name, to, topic, message)
        },
        directBroadcast: async (to, topic, message) => {
          sent.push({ from: name, to, message })
          carry(name, to, topic, message)
        },
      })
    },
    cut: (one, other) => {
      cuts.add(`${one}>${other}`).add(`${other}>${one}`)
    },
    heal: () => cuts.clear(),
  }
}

function nodeOf(
  node: string,
  topics: Map<string, Set<Listener>>,
  ways: Pick<PubSub, 'broadcast' | 'directBroadcast'>,
): PubSub {
  const localBroadcast = (topic: string, message: Message) => {
    for (const listener of topics.get(topic) ?? []) listener(message, topic)
  }
  return {
    node,
    ...ways,
    subscribe: (topic, listener) => {
      const listeners = topics.get(topic) ?? new Set()
      topics.set(topic, listeners.add(listener))
      return { topic, ready: Promise.resolve(), unsubscribe: () => void listeners.delete(listener) }
    },
    broadcastFrom: (_, topic, message) => ways.broadcast(topic, message),
    localBroadcast,
    localBroadcastFrom: (_, topic, message) => localBroadcast(topic, message),
    on: () => () => {},
    close: async () => {},
  }
}
