import { CLOSE, type Outlet } from '../outlet.ts'
import { type Frame } from '../serializers/frame.ts'
import { type Connection } from '../socket/connection.ts'
import { type PollSessions } from './poll-sessions.ts'

/** How long a poll waits for a message. Clients wait twice as long for an answer. */
export const WINDOW_MS = 10_000
/** How long a session without a poll is kept. */
const INACTIVE_MS = 1.5 * WINDOW_MS

/** What a poll is answered with: messages; none; or that there is no session. */
export interface Polled {
  readonly status: 200 | 204 | 410
  readonly messages: readonly string[]
}

export const NOTHING: Polled = { status: 204, messages: [] }
export const GONE: Polled = { status: 410, messages: [] }

/** A request that waits for messages. */
export interface Poller {
  /** By which it is taken back. */
  readonly name: string
  answer(polled: Polled): void
}

/** A client that polls. What is sent to it between two polls waits here. */
export class PollSession implements Outlet {
  readonly id: string
  connection: Connection | undefined
  readonly #sessions: PollSessions
  #messages: string[] = []
  #unsentBytes = 0
  #poller: Poller | undefined
  /** When the last poll came, or went. */
  #polledAt: number
  #isFlushing = false

  constructor(id: string, sessions: PollSessions) {
    this.id = id
    this.#sessions = sessions
    this.#polledAt = sessions.time.now()
  }

  get unsentBytes(): number {
    return this.#unsentBytes
  }

  /** A client has one poll at a time: who asks again has given up the one before. */
  poll(poller: Poller): void {
    this.#answer(NOTHING)
    this.#poller = poller
    this.#polledAt = this.#sessions.time.now()
    this.connection?.heard()
    if (this.#messages.length > 0) this.#flush()
  }

  /** The client of a poll has gone. What comes from now on waits for its next. */
  cancel(name: string): void {
    if (this.#poller?.name === name) this.#poller = undefined
  }

  send({ data }: Frame): void {
    if (typeof data !== 'string') {
      this.#sessions.log('warning', 'Bytes cannot be sent to a client that polls: left out.')
      return
    }
    this.#messages.push(data)
    this.#unsentBytes += data.length
    if (!this.#poller || this.#isFlushing) return
    this.#isFlushing = true
    // What is said in one go is given in one answer.
    setImmediate(() => this.#flush())
  }

  /** The poll is answered, so that the client comes again. */
  ping(): void {
    this.#answer(NOTHING)
  }

  close(): void {
    if (this.#messages.length > 0) this.#flush()
    this.#answer(GONE)
    this.#sessions.remove(this)
  }

  /** Looked at from time to time, so that no session needs a timer of its own. */
  sweep(now: number, nextIn: number): void {
    const since = now - this.#polledAt
    if (this.#poller && since + nextIn > WINDOW_MS) this.#answer(NOTHING)
    else if (!this.#poller && since >= INACTIVE_MS) {
      this.connection?.close(CLOSE.goingAway, 'silent')
    }
  }

  #flush(): void {
    this.#isFlushing = false
    if (!this.#poller || this.#messages.length === 0) return
    const messages = this.#messages
    this.#messages = []
    this.#unsentBytes = 0
    this.#answer({ status: 200, messages })
  }

  #answer(polled: Polled): void {
    const poller = this.#poller
    if (!poller) return
    this.#poller = undefined
    this.#polledAt = this.#sessions.time.now()
    poller.answer(polled)
  }
}
