import { type Time } from '@showrunner/presence'
import { generationOf, prevails } from './era.ts'
import { type Coming, type Numbered, Ring, type RingLimits, type RingState } from './ring.ts'
import { type ReplayId, writeId } from './replay-id.ts'

/** How long other nodes may take to say what they know. Clients that come back to a topic that is new here wait for it. */
const SETTLING_MS = 500

export type Question = { readonly number: number; readonly era: string }
export type Answer = RingState & { readonly to: number; readonly isSettled: boolean }

/**
 * The ring of a topic at one node. A new one asks the other nodes, and goes on with the history they have. Until then it has
 * one of its own, in case there is no other; of several that begin at the same time, one prevails.
 */
export class SharedRing {
  readonly #ring: Ring
  readonly #time: Time
  readonly #ask: (question: Question) => void
  #settled = Promise.withResolvers<void>()
  #isSettled = false
  #stop = () => {}
  /** What is answered to an earlier one does not know what came since. */
  #questions = 0

  constructor(limits: RingLimits, time: Time, ask: (question: Question) => void) {
    this.#ring = new Ring(limits)
    this.#time = time
    this.#ask = ask
  }

  get bytes(): number {
    return this.#ring.bytes
  }

  get isSettled(): boolean {
    return this.#isSettled
  }

  get settled(): Promise<void> {
    return this.#settled.promise
  }

  /** What somebody knows who was told all that came here. */
  get id(): string {
    return writeId({ era: this.#ring.era, seen: this.#ring.seen })
  }

  get seen(): ReplayId['seen'] {
    return this.#ring.seen
  }

  /** Asks the other nodes. To be called when what they broadcast reaches this one. */
  begin(): void {
    if (this.#isSettled) return
    this.#askOthers()
    this.#stop = this.#time.after(SETTLING_MS, () => this.#settle())
  }

  /** This node was cut off, and does not know what it missed. */
  restart(): void {
    this.end()
    if (this.#isSettled) this.#settled = Promise.withResolvers()
    this.#isSettled = false
    this.#ring.renew()
    this.begin()
  }

  end(): void {
    this.#stop()
  }

  take(message: Numbered): Coming {
    const before = this.#ring.era
    const coming = this.#ring.take(message)
    if (this.#ring.era !== before) this.#askOthers()
    return coming
  }

  since(id: ReplayId): readonly Numbered[] | undefined {
    return this.#ring.since(id)
  }

  /** Another node has just begun the topic with an era of its own. What it is answered, if it is. */
  asked({ number, era }: Question): Answer | undefined {
    const isLater = generationOf(era) > generationOf(this.#ring.era)
    if (isLater || (!this.#isSettled && prevails(era, this.#ring.era))) {
      // It has nothing yet but the name.
      this.#ring.adopt({ era, spans: {}, kept: [] }, { isOlder: false })
      return undefined
    }
    return { ...this.#ring.state(), to: number, isSettled: this.#isSettled }
  }

  answered({ to, isSettled, ...state }: Answer): void {
    if (this.#isSettled || to !== this.#questions) return
    if (isSettled) {
      this.#ring.adopt(state, { isOlder: true })
      this.#settle()
    } else if (prevails(state.era, this.#ring.era)) {
      this.#ring.adopt(state, { isOlder: false })
    }
  }

  #askOthers(): void {
    this.#questions += 1
    this.#ask({ number: this.#questions, era: this.#ring.era })
  }

  #settle(): void {
    this.#stop()
    this.#isSettled = true
    this.#settled.resolve()
  }
}
