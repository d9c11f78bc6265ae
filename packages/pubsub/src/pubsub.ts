/**
 * What can be sent: anything JSON can say, with bytes anywhere in it. Listeners of one node are all given the same
 * value, so it is not to be changed; nodes elsewhere get a copy, in which what was undefined is left out.
 */
export type Message =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly Message[]
  | { readonly [name: string]: Message | undefined }

export type Listener = (message: Message, topic: string) => void

export interface Subscription {
  readonly topic: string
  /** Done when messages of other nodes reach it as well; those of its own node reach it at once. */
  readonly ready: Promise<void>
  /** From here on the listener is given nothing, not even what is already on its way. */
  unsubscribe(): void
}

export const CONNECTION_EVENTS = ['disconnected', 'reconnected'] as const
export type ConnectionEvent = (typeof CONNECTION_EVENTS)[number]

/**
 * Messages between the listeners of a topic, on one node or on many.
 *
 * What one node sends arrives everywhere in the order in which it was sent, each message at most once. While all are
 * connected none is lost; what is sent while a node is cut off never reaches it, which `reconnected` tells it.
 */
export interface PubSub {
  /** The name of this node. No two nodes share one. */
  readonly node: string

  /** The same listener may listen twice, and is then told twice. */
  subscribe(topic: string, listener: Listener): Subscription

  /**
   * To every listener of the topic, on every node. Those of this node have been told when it returns; the promise is
   * done when the message is on its way to the others, and throws a `BroadcastError` when it is not.
   */
  broadcast(topic: string, message: Message): Promise<void>
  /** To every listener but this one. */
  broadcastFrom(subscription: Subscription, topic: string, message: Message): Promise<void>

  /** To the listeners on this node alone. */
  localBroadcast(topic: string, message: Message): void
  localBroadcastFrom(subscription: Subscription, topic: string, message: Message): void

  /** To the listeners on one node, which may be this one. A node that is not there is told nothing. */
  directBroadcast(node: string, topic: string, message: Message): Promise<void>

  /** What it gives back takes the listener away again. */
  on(event: ConnectionEvent, listener: () => void): () => void

  close(): Promise<void>
}

export type Log = (level: 'error' | 'warning' | 'info' | 'debug', message: string) => void
