import { type Payload } from '../serializers/message.ts'
import { generationOf, newEra } from './era.ts'
import { covers, type ReplayId, type Vector } from './replay-id.ts'

/** A broadcast, and which of its node's it is. */
export interface Numbered {
  readonly origin: string
  readonly number: number
  readonly event: string
  readonly payload: Payload
}

export interface RingLimits {
  readonly messages: number
  readonly bytes: number
}

/** What a ring knows, for other nodes. */
export type RingState = {
  readonly era: string
  /** Of each origin: up to which number it is not kept any more, or never was, and up to which it is known. */
  readonly spans: { readonly [origin: string]: readonly [floor: number, top: number] }
  readonly kept: readonly (readonly [string, number, string, Payload])[]
}

interface Kept extends Numbered {
  readonly bytes: number
}

interface Span {
  /** Of what comes after it, up to the top, everything is kept. */
  floor: number
  top: number
}

/** How a broadcast comes: after the one before it, again or later than its copy, or after some that were lost. */
export type Coming = 'next' | 'late' | 'after a gap'

const MOST_ORIGINS = 64

/**
 * The last broadcasts of a topic, in the order in which they came here. Each origin's are numbered without a gap, so it is
 * known of every one whether it is kept.
 */
export class Ring {
  readonly #limits: RingLimits
  #era = newEra()
  readonly #spans = new Map<string, Span>()
  #kept: Kept[] = []
  #bytes = 0

  constructor(limits: RingLimits) {
    this.#limits = limits
  }

  get era(): string {
    return this.#era
  }

  get bytes(): number {
    return this.#bytes
  }

  /** What somebody has seen who was told all that came here. */
  get seen(): Vector {
    return new Map(Array.from(this.#spans, ([origin, { top }]) => [origin, top]))
  }

  take(message: Numbered): Coming {
    const { origin, number } = message
    const span = this.#spans.get(origin)
    if (span && number <= span.top) return 'late'
    const isGap = span !== undefined && number > span.top + 1
    if (!span || isGap) this.#restart(origin, number - 1)
    this.#spanOf(origin).top = number
    this.#add(message)
    if (this.#spans.size > MOST_ORIGINS) this.#forgetSilent()
    return isGap ? 'after a gap' : 'next'
  }

  /** What came after it, in order. Undefined when that is not known, or not kept any more. */
  since({ era, seen }: ReplayId): readonly Numbered[] | undefined {
    if (era !== this.#era) return undefined
    for (const [origin, { floor }] of this.#spans) {
      if (!covers(seen, origin, floor)) return undefined
    }
    return this.#kept.filter(({ origin, number }) => !covers(seen, origin, number))
  }

  state(): RingState {
    return {
      era: this.#era,
      spans: Object.fromEntries(
        Array.from(this.#spans, ([origin, { floor, top }]) => [origin, [floor, top] as const]),
      ),
      kept: this.#kept.map(({ origin, number, event, payload }) => [
        origin,
        number,
        event,
        payload,
      ]),
    }
  }

  /** Knows nothing of what was. Whoever has seen something of before cannot tell what they missed. */
  renew(): void {
    this.#begin(newEra())
  }

  /** Nodes come and go, and an id is to stay small. Without those that went it is another history. */
  #forgetSilent(): void {
    const speaking = new Set(this.#kept.map(({ origin }) => origin))
    const silent = [...this.#spans.keys()].filter((origin) => !speaking.has(origin))
    for (const origin of silent) this.#spans.delete(origin)
    if (silent.length > 0) this.#era = newEra(generationOf(this.#era) + 1)
  }

  #begin(era: string): void {
    this.#era = era
    this.#spans.clear()
    this.#kept = []
    this.#bytes = 0
  }

  /**
   * Goes on with the history of another node. What came here of an origin that it knows not is new to it, when it has listened
   * for longer (`isOlder`); otherwise it may be from before its time, and is not kept.
   */
  adopt({ era, spans, kept }: RingState, { isOlder }: { readonly isOlder: boolean }): void {
    const before = this.#kept
    const own = new Map(this.#spans)
    this.#begin(era)
    for (const [origin, [floor, top]] of Object.entries(spans)) {
      this.#spans.set(origin, { floor, top })
    }
    for (const [origin, number, event, payload] of kept) {
      this.#add({ origin, number, event, payload })
    }
    for (const [origin, span] of own) this.#continue(origin, span, isOlder)
    for (const message of before) {
      const { origin, number } = message
      const there = this.#spans.get(origin)
      if (there && number > Math.max(there.floor, spans[origin]?.[1] ?? 0)) this.#add(message)
    }
  }

  /** After what another node knows of an origin comes what came here, unless there is a gap between. */
  #continue(origin: string, { floor, top }: Span, isOlder: boolean): void {
    const there = this.#spans.get(origin)
    if (!there) this.#spans.set(origin, { floor: isOlder ? floor : top, top })
    else if (top > there.top) {
      if (floor > there.top) this.#restart(origin, floor)
      this.#spanOf(origin).top = top
    }
  }

  /** What was kept of it from before is not whole, and so of no use. */
  #restart(origin: string, floor: number): void {
    this.#spans.set(origin, { floor, top: floor })
    this.#kept = this.#kept.filter((kept) => {
      if (kept.origin !== origin) return true
      this.#bytes -= kept.bytes
      return false
    })
  }

  #add(message: Numbered): void {
    const { origin, number, event, payload } = message
    const bytes = event.length + JSON.stringify(payload).length
    this.#kept.push({ origin, number, event, payload, bytes })
    this.#bytes += bytes
    const { messages, bytes: most } = this.#limits
    while (this.#kept.length > messages || (this.#bytes > most && this.#kept.length > 0)) {
      this.#forgetFirst()
    }
  }

  #forgetFirst(): void {
    const first = this.#kept.shift()
    if (!first) return
    this.#bytes -= first.bytes
    const span = this.#spanOf(first.origin)
    span.floor = Math.max(span.floor, first.number)
  }

  #spanOf(origin: string): Span {
    const span = this.#spans.get(origin)
    if (span) return span
    const begun = { floor: 0, top: 0 }
    this.#spans.set(origin, begun)
    return begun
  }
}
