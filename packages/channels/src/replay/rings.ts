import { type Time } from '@showrunner/presence'
import { type Log, type PubSub } from '@showrunner/pubsub'
import { Exchange } from './exchange.ts'
import { SharedRing } from './shared-ring.ts'

/** How long a topic that nobody is in keeps its messages, and how much of all such a node keeps. */
const IDLE_MS = 5 * 60_000
const MOST_IDLE = 1_000
const MOST_IDLE_BYTES = 32 * 1024 * 1024
/** Of one topic. */
const MOST_BYTES = 1024 * 1024

export interface RingsParts {
  readonly pubsub: PubSub
  readonly time: Time
  readonly log: Log
  readonly ringOf: (topic: string) => SharedRing | undefined
  /** The messages of a topic are not needed any more. */
  readonly forget: (topic: string) => void
  /** This node was cut off from the others. */
  readonly reconnected: () => void
}

/** The rings of a node, and for how long they stay. */
export class Rings {
  readonly #parts: RingsParts
  readonly #exchange: Exchange
  /** Topics that nobody is in, and since when: the oldest first. */
  readonly #idle = new Map<string, number>()
  readonly #stopListening: () => void
  #stopSweeping: (() => void) | undefined

  constructor(parts: RingsParts) {
    this.#parts = parts
    this.#exchange = new Exchange(parts)
    this.#stopListening = parts.pubsub.on('reconnected', parts.reconnected)
  }

  /** A new one. It asks the other nodes once it hears what they broadcast. */
  open(topic: string, messages: number, ready: Promise<void>): SharedRing {
    const ring = new SharedRing({ messages, bytes: MOST_BYTES }, this.#parts.time, (question) =>
      this.#exchange.ask(topic, question),
    )
    void Promise.all([ready, this.#exchange.ready]).then(() => ring.begin())
    return ring
  }

  use(topic: string): void {
    this.#idle.delete(topic)
  }

  leave(topic: string): void {
    this.#idle.set(topic, this.#parts.time.now())
    this.#sweep()
  }

  close(): void {
    this.#stopListening()
    this.#stopSweeping?.()
    this.#exchange.end()
  }

  /** One timer for all, and none while somebody is everywhere. */
  #sweep(): void {
    this.#stopSweeping?.()
    this.#stopSweeping = undefined
    const { time } = this.#parts
    const now = time.now()
    let bytes = 0
    for (const topic of this.#idle.keys()) bytes += this.#bytesOf(topic)
    for (const [topic, since] of this.#idle) {
      const isTooMuch = this.#idle.size > MOST_IDLE || bytes > MOST_IDLE_BYTES
      if (!isTooMuch && now - since < IDLE_MS) {
        this.#stopSweeping = time.after(since + IDLE_MS - now, () => this.#sweep())
        return
      }
      bytes -= this.#bytesOf(topic)
      this.#idle.delete(topic)
      this.#parts.forget(topic)
    }
  }

  #bytesOf(topic: string): number {
    return this.#parts.ringOf(topic)?.bytes ?? 0
  }
}
