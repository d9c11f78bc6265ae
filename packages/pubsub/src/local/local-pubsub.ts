import { createPubSub, nodeName, READY, type Inbox, type PubSubOptions } from '../create-pubsub.ts'
import { decode, encode } from '../codec.ts'
import { BroadcastError } from '../errors.ts'
import { type Message, type PubSub } from '../pubsub.ts'

/** Nodes that live in one process, as tests want them. */
export interface LocalNetwork {
  readonly nodes: Map<string, Inbox>
}

export function localNetwork(): LocalNetwork {
  return { nodes: new Map() }
}

export interface LocalPubSubOptions extends PubSubOptions {
  /** The other nodes of this process; by default it is alone. */
  readonly network?: LocalNetwork
}

/** For a program that is one process. Between the nodes of a network messages are copied, as on a real one. */
export async function localPubSub({
  node = nodeName(),
  log = () => {},
  network = localNetwork(),
}: LocalPubSubOptions = {}): Promise<PubSub> {
  const { nodes } = network
  if (nodes.has(node)) throw new Error(`There is a node "${node}" in this network already.`)
  let closed = false

  const send = async (topic: string, message: Message, receivers: readonly Inbox[]) => {
    if (closed) throw new BroadcastError(topic, 'this node is closed')
    const listening = receivers.filter((inbox) => inbox.listens(topic))
    if (listening.length === 0) return
    const encoded = encode(message)
    for (const inbox of listening) {
      queueMicrotask(() => inbox.listens(topic) && inbox.deliver(topic, decode(encoded)))
    }
  }

  return createPubSub(node, log, (own) => {
    nodes.set(node, own)
    const others = () => [...nodes.values()].filter((inbox) => inbox !== own)
    return {
      broadcast: (topic, message) => send(topic, message, others()),
      direct: (to, topic, message) => {
        const inbox = nodes.get(to)
        return send(topic, message, inbox ? [inbox] : [])
      },
      watch: () => READY,
      unwatch: () => {},
      close: async () => {
        closed = true
        nodes.delete(node)
      },
    }
  })
}
