import { type Time } from '@showrunner/presence'
import { type Log } from '@showrunner/pubsub'
import { CLOSE } from '../outlet.ts'
import { type Admission } from '../socket/connection.ts'
import { type Sockets } from '../sockets.ts'
import { PollSession } from './poll-session.ts'
import { randomSession } from './session-token.ts'

/** A session costs a stranger one request, and is kept for fifteen seconds, also when nobody ever polls it. */
const MOST_UNUSED = 5000
const MOST = 50_000

/** The clients that poll and whose sessions live here. */
export class PollSessions {
  readonly time: Time
  readonly log: Log
  readonly #sockets: Sockets
  readonly #all = new Map<string, PollSession>()
  /** Those that were opened, and have not been polled yet. */
  readonly #unused = new Set<PollSession>()

  constructor(sockets: Sockets) {
    this.#sockets = sockets
    this.time = sockets.time
    this.log = sockets.log
  }

  get isFull(): boolean {
    return this.#unused.size >= MOST_UNUSED || this.#all.size >= MOST
  }

  open(admission: Admission): PollSession {
    const session = new PollSession(randomSession(), this)
    session.connection = this.#sockets.open(admission, session)
    this.#all.set(session.id, session)
    this.#unused.add(session)
    return session
  }

  of(id: string): PollSession | undefined {
    const session = this.#all.get(id)
    if (session) this.#unused.delete(session)
    return session
  }

  /** Whether there was such a session, and still is after what was said. */
  receive(id: string, messages: readonly (string | Buffer)[]): boolean {
    const connection = this.#all.get(id)?.connection
    for (const message of messages) {
      if (Buffer.byteLength(message) > this.#sockets.limits.messageBytes) {
        connection?.close(CLOSE.tooLarge, 'too large')
      }
      connection?.receive(message)
    }
    return this.#all.has(id)
  }

  remove(session: PollSession): void {
    this.#all.delete(session.id)
    this.#unused.delete(session)
  }

  sweep(now: number, nextIn: number): void {
    for (const session of this.#all.values()) session.sweep(now, nextIn)
  }
}
