import { type Listener, type Log, type Message, type Subscription } from './pubsub.ts'
import { reasonOf } from './errors.ts'

interface Listening extends Subscription {
  readonly listener: Listener
  /** How many messages had been taken in when it began to listen: it is given none of those. */
  readonly since: number
}

interface Delivery {
  readonly topic: string
  readonly message: Message
  readonly except: Subscription | undefined
}

/** The listeners of one node, by topic. A topic without listeners takes no room. */
export class Topics {
  readonly #listening = new Map<string, Set<Listening>>()
  readonly #log: Log
  // A listener may itself send: what it sends waits until all have been given what came before. So the order is the
  // same for every listener, however deep the sends are nested.
  readonly #waiting: Delivery[] = []
  #taken = 0
  #given = 0
  #giving = false

  constructor(log: Log) {
    this.#log = log
  }

  has(topic: string): boolean {
    return this.#listening.has(topic)
  }

  names(): readonly string[] {
    return [...this.#listening.keys()]
  }

  add(topic: string, listener: Listener, ready: Promise<void>, gone: () => void): Subscription {
    const listeners = this.#listening.get(topic) ?? new Set()
    const listening: Listening = {
      topic,
      listener,
      ready,
      since: this.#taken,
      unsubscribe: () => {
        if (!listeners.delete(listening) || listeners.size > 0) return
        this.#listening.delete(topic)
        gone()
      },
    }
    listeners.add(listening)
    this.#listening.set(topic, listeners)
    return listening
  }

  clear(): void {
    for (const listeners of this.#listening.values()) listeners.clear()
    this.#listening.clear()
    this.#waiting.length = 0
    this.#given = this.#taken
  }

  deliver(topic: string, message: Message, except?: Subscription): void {
    this.#waiting.push({ topic, message, except })
    this.#taken++
    if (this.#giving) return
    this.#giving = true
    try {
      for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) this.#give(next)
    } finally {
      this.#giving = false
    }
  }

  #give({ topic, message, except }: Delivery): void {
    const number = this.#given++
    for (const listening of this.#listening.get(topic) ?? []) {
      if (listening === except || listening.since > number) continue
      this.#tell(listening, message)
    }
  }

  #tell({ topic, listener }: Listening, message: Message): void {
    try {
      const result: unknown = listener(message, topic)
      if (result instanceof Promise) result.catch((error: unknown) => this.#failed(topic, error))
    } catch (error) {
      this.#failed(topic, error)
    }
  }

  #failed(topic: string, error: unknown): void {
    this.#log('error', `A listener of the topic "${topic}" failed: ${reasonOf(error)}`)
  }
}
