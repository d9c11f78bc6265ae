import { randomBytes } from 'node:crypto'

interface Counter {
  readonly origin: string
  last: number
}

const MOST_COUNTERS = 10_000

/** Numbers what this node sends, topic by topic and without a gap. */
export class Numbering {
  readonly #node = randomBytes(6).toString('base64url')
  readonly #counters = new Map<string, Counter>()
  #begun = 0

  next(topic: string): { readonly origin: string; readonly number: number } {
    const counter = this.#counters.get(topic) ?? this.#begin()
    // The one that was used last is the last in the map.
    this.#counters.delete(topic)
    this.#counters.set(topic, counter)
    counter.last += 1
    return { origin: counter.origin, number: counter.last }
  }

  /** A topic that was forgotten begins anew under another name: no number means two things. */
  #begin(): Counter {
    const [oldest] = this.#counters.keys()
    if (oldest !== undefined && this.#counters.size >= MOST_COUNTERS) this.#counters.delete(oldest)
    this.#begun += 1
    return { origin: `${this.#node}${this.#begun.toString(36)}`, last: 0 }
  }
}
