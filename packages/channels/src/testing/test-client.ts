import { AssertionError } from 'node:assert'
import { type Declaration } from '../declaration.ts'
import { type Payload, type Ref } from '../serializers/message.ts'
import { type Connection } from '../socket/connection.ts'
import { type Sockets } from '../sockets.ts'
import { fits, inWords } from './fits.ts'
import { type Closed, type MemoryOutlet } from './memory-outlet.ts'
import { type Reply, type ServerMessage } from './server-frame.ts'
import { TestChannel, type JoinedPayload, type JoinParams } from './test-channel.ts'

/** A client that is connected. */
export class TestClient {
  readonly sockets: Sockets
  readonly #connection: Connection
  readonly #outlet: MemoryOutlet
  #lastRef = 0

  constructor(sockets: Sockets, connection: Connection, outlet: MemoryOutlet) {
    this.sockets = sockets
    this.#connection = connection
    this.#outlet = outlet
  }

  /** All it was sent, in order, as it is on the wire. */
  get messages(): readonly ServerMessage[] {
    return this.#outlet.messages.all
  }

  /** Joins, and hears from then on what is broadcast to the topic. Throws when it is refused. */
  async subscribeAndJoin<D extends Declaration>(
    declaration: D,
    topic: string,
    ...[params]: JoinParams<D>
  ): Promise<TestChannel<D>> {
    const { joinRef, reply } = await this.#join(topic, params)
    if (reply.status === 'ok') {
      const joined = reply.response as JoinedPayload<D>
      return new TestChannel(this, { declaration, topic, joinRef, joined })
    }
    throw new AssertionError({
      message: `expected to join "${topic}", and was refused with ${inWords(reply.response)}`,
    })
  }

  /** Asks to join, and is refused; with what is given back. */
  async assertRefused<D extends Declaration>(
    declaration: D,
    topic: string,
    params: JoinParams<D>[0],
    response: Payload = {},
  ): Promise<Payload> {
    const { reply } = await this.#join(topic, params)
    if (reply.status === 'error' && fits(reply.response, response)) return reply.response
    throw new AssertionError({
      message: `expected to be refused at "${topic}", of ${declaration.topic}, with ${inWords(response)}, and the reply was ${reply.status} ${inWords(reply.response)}`,
    })
  }

  async #join(topic: string, params: unknown): Promise<{ joinRef: string; reply: Reply }> {
    const joinRef = this.nextRef()
    this.send([joinRef, joinRef, topic, 'phx_join', params ?? {}])
    return { joinRef, reply: await this.replyTo(joinRef, `to the join of "${topic}"`) }
  }

  nextRef(): string {
    this.#lastRef += 1
    return String(this.#lastRef)
  }

  /** Sends what it likes, also what no client of ours would: an array of version 2, or what goes over the wire. */
  send(message: readonly [Ref, Ref, string, string, unknown] | string | Buffer): void {
    const isReady = typeof message === 'string' || Buffer.isBuffer(message)
    this.#connection.receive(isReady ? message : JSON.stringify(message))
  }

  /** The next message that fits. */
  take(what: string, isIt: (message: ServerMessage) => boolean): Promise<ServerMessage> {
    return this.#outlet.messages.take(what, isIt)
  }

  takeNow(isIt: (message: ServerMessage) => boolean): ServerMessage | undefined {
    return this.#outlet.messages.takeNow(isIt)
  }

  async replyTo(ref: Ref, what: string): Promise<Reply> {
    const { payload } = await this.take(
      `a reply ${what}`,
      (message) => message.event === 'phx_reply' && message.ref === ref,
    )
    return payload as unknown as Reply
  }

  /** Done when the server has done what it was asked to on the topic so far. What a handler does `later` is not waited for. */
  settled(topic: string): Promise<void> {
    const channel = this.#connection.channel(topic)
    if (channel?.status !== 'joined') return Promise.resolve()
    return new Promise((resolve) => channel.run(resolve))
  }

  /** The client goes away: its page is closed, or its network is gone. */
  disconnect(): void {
    this.#connection.closed()
  }

  /** It has been closed by the server. */
  async assertClosed(code?: number): Promise<Closed> {
    const closed = await this.#outlet.closed.take('the server to close the socket', () => true)
    if (code === undefined || closed.code === code) return closed
    throw new AssertionError({
      message: `expected to be closed with ${code}, and it was with ${closed.code} ${closed.reason}`,
    })
  }
}
