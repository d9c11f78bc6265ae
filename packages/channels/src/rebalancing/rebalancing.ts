import { realTime, type Registered, type Services, type Time } from '@showrunner/presence'
import { type Log } from '@showrunner/pubsub'
import { type Sockets } from '../sockets.ts'
import { RULES, toShed, type Rules } from './surplus.ts'

export interface RebalancingOptions {
  readonly services: Services
  readonly sockets: Pick<Sockets, 'count' | 'shed'>
  readonly rules?: Partial<Rules>
  /** How often a node says how many it has, and looks at the others. */
  readonly periodMs?: number
  readonly time?: Time
  readonly random?: () => number
  readonly log?: Log
}

/** Under which name the nodes know each other. */
const SERVICE = 'sockets'
const PERIOD_MS = 5_000
/** So many looks in a row have to show a surplus before anybody is closed: a moment is no reason. */
const LOOKS = 2
/** So many looks are let go by after it, in which those who were closed come to other nodes, and these say so. */
const PAUSE = 3
/** In how many parts a round closes its sockets. */
const PARTS = 10

/** A node that has far more sockets than the others sends some to them: after a deploy the first one up has nearly all. */
export function rebalancing(options: RebalancingOptions): { stop(): void } {
  return new Rebalancing(options)
}

class Rebalancing {
  readonly #options: RebalancingOptions
  readonly #rules: Rules
  readonly #time: Time
  readonly #periodMs: number
  readonly #own: Registered
  #told: number
  #looks = 0
  #pause = 0
  /** How many are still to be closed in this round. */
  #left = 0
  #part = 0
  #cancel: () => void
  #cancelPart = () => {}

  constructor(options: RebalancingOptions) {
    this.#options = options
    this.#rules = { ...RULES, ...options.rules }
    this.#time = options.time ?? realTime
    this.#periodMs = options.periodMs ?? PERIOD_MS
    this.#told = options.sockets.count
    this.#own = options.services.register(SERVICE, {
      handle: () => ({ sockets: options.sockets.count }),
      meta: { sockets: this.#told },
    })
    this.#cancel = this.#later(this.#periodMs, () => this.#look())
  }

  stop(): void {
    this.#cancel()
    this.#cancelPart()
    this.#own.stop()
  }

  #look(): void {
    const { services, sockets } = this.#options
    const { count } = sockets
    if (count !== this.#told) this.#own.update({ sockets: count })
    this.#told = count
    const others = services
      .list(SERVICE)
      .filter(({ ref }) => ref.id !== this.#own.ref.id)
      .map(({ meta }) => Number(meta['sockets'] ?? 0))
    this.#decide(count, toShed(count, others, this.#rules))
    this.#cancel = this.#later(this.#periodMs, () => this.#look())
  }

  #decide(count: number, surplus: number): void {
    if (this.#left > 0) return
    if (this.#pause > 0) {
      this.#pause -= 1
      return
    }
    this.#looks = surplus > 0 ? this.#looks + 1 : 0
    if (this.#looks < LOOKS) return
    this.#looks = 0
    this.#pause = PAUSE
    this.#left = surplus
    this.#part = Math.ceil(surplus / PARTS)
    this.#options.log?.('info', `Of ${count} sockets ${surplus} are sent to other nodes`)
    this.#shed()
  }

  #shed(): void {
    const { sockets } = this.#options
    const closed = sockets.shed(Math.min(this.#left, this.#part))
    this.#left = closed === 0 ? 0 : this.#left - closed
    if (this.#left > 0) this.#cancelPart = this.#later(this.#periodMs / PARTS, () => this.#shed())
  }

  /** Half to one and a half times as long, so that no two nodes act as one. */
  #later(milliseconds: number, run: () => void): () => void {
    const { random = Math.random } = this.#options
    return this.#time.after(milliseconds * (0.5 + random()), run)
  }
}
