import { notConnected, type ConnectRequest, type NotConnected } from './connect.ts'
import { type Admission } from './socket/connection.ts'
import { type Sockets } from './sockets.ts'

/** How long `connect` may take. Clients give up at about the same time. */
const CONNECT_MS = 10_000
/** How many may wait for `connect` at once. Who is sent away tries again in a few seconds. */
const MOST_WAITING = 1000

/** Those who ask to connect by one transport. */
export class Admissions {
  readonly #sockets: Sockets
  #waiting = 0

  constructor(sockets: Sockets) {
    this.#sockets = sockets
  }

  /** Who it is, or why not, in time. */
  async admit(request: ConnectRequest): Promise<Admission | NotConnected> {
    if (this.#waiting >= MOST_WAITING) return notConnected('too many connect at once', 503)
    const { promise: late, resolve } = Promise.withResolvers<NotConnected>()
    const onTime = this.#sockets.time.after(CONNECT_MS, () => {
      this.#sockets.log('error', `\`connect\` took longer than ${CONNECT_MS / 1000} seconds`)
      resolve(notConnected('', 503))
    })
    this.#waiting += 1
    try {
      return await Promise.race([this.#sockets.admit(request), late])
    } finally {
      this.#waiting -= 1
      onTime()
    }
  }
}
