import { type Time } from '@showrunner/presence'
import { type Log } from '@showrunner/pubsub'
import { CLOSE } from '../outlet.ts'
import { type Admission } from '../socket/connection.ts'
import { type Sockets } from '../sockets.ts'
import { PollSession } from './poll-session.ts'
import { randomSession } from './session-token.ts'

/** The clients that poll and whose sessions live here. */
export class PollSessions {
  readonly time: Time
  readonly log: Log
  readonly #sockets: Sockets
  readonly #all = new Map<string, PollSession>()

  constructor(sockets: Sockets) {
    this.#sockets = sockets
    this.time = sockets.time
    this.log = sockets.log
  }

  open(admission: Admission): PollSession {
    const session = new PollSession(randomSession(), this)
    session.connection = this.#sockets.open(admission, session)
    this.#all.set(session.id, session)
    return session
  }

  of(id: string): PollSession | undefined {
    return this.#all.get(id)
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

  remove({ id }: PollSession): void {
    this.#all.delete(id)
  }

  sweep(now: number, nextIn: number): void {
    for (const session of this.#all.values()) session.sweep(now, nextIn)
  }
}
