import { AssertionError } from 'node:assert'
import { type z } from 'zod'
import {
  type Declaration,
  type InEvent,
  type JoinedOf,
  type OutEvent,
  type OutPayload,
  type ReplyOf,
  type SentPayload,
} from '../declaration.ts'
import { type Payload, type Ref } from '../serializers/message.ts'
import { readBroadcast, type BroadcastMessage } from '../socket/broadcast.ts'
import { asDeclared } from './as-declared.ts'
import { fits, inWords, type Partly } from './fits.ts'
import { Seen } from './seen.ts'
import { type ServerMessage } from './server-frame.ts'
import { type TestClient } from './test-client.ts'
import { TestPush } from './test-push.ts'

/** What a client joins with, which may be left out where nothing is declared. */
export type JoinParams<D extends Declaration> = D['params'] extends z.ZodType
  ? [params: z.input<D['params']>]
  : [params?: unknown]
export type JoinedPayload<D extends Declaration> = JoinedOf<D>

/** What clients are sent of an event: those of presence too. */
type Told<D extends Declaration, E extends string> =
  E extends OutEvent<D> ? OutPayload<D, E> : Payload

/** Any part of it. */
type Expected<D extends Declaration, E extends string> =
  E extends OutEvent<D> ? Partly<OutPayload<D, E>> : Payload

type PresenceEvent = 'presence_state' | 'presence_diff'
const PRESENCE = new Set<string>(['presence_state', 'presence_diff'])

interface Parts<D extends Declaration> {
  readonly declaration: D
  readonly topic: string
  readonly joinRef: Ref
  readonly joined: JoinedOf<D>
}

/** A client in a topic. */
export class TestChannel<D extends Declaration> {
  /** What it was told when it joined. */
  readonly joined: JoinedOf<D>
  readonly topic: string
  readonly #client: TestClient
  readonly #declaration: D
  readonly #joinRef: Ref
  readonly #broadcasts = new Seen<BroadcastMessage>()
  readonly #stopListening: () => void

  constructor(client: TestClient, { declaration, topic, joinRef, joined }: Parts<D>) {
    this.#client = client
    this.#declaration = declaration
    this.topic = topic
    this.#joinRef = joinRef
    const schema = declaration.joined
    if (schema) asDeclared(schema, joined, `what "${topic}" said to the join`)
    this.joined = joined
    const subscription = client.sockets.pubsub.subscribe(topic, (message) => {
      const broadcast = readBroadcast(message)
      if (broadcast) this.#broadcasts.add(broadcast)
    })
    this.#stopListening = () => subscription.unsubscribe()
  }

  push<E extends InEvent<D>>(event: E, payload: SentPayload<D, E>): TestPush<ReplyOf<D, E>> {
    const ref = this.#client.nextRef()
    this.#client.send([this.#joinRef, ref, this.topic, event, payload])
    const what = `to "${event}"`
    return new TestPush(what, this.#declaration.in?.[event]?.reply, () =>
      this.#client.replyTo(ref, what),
    )
  }

  /** It is pushed something, or hears it broadcast, that has all this. Gives back all of it. */
  async assertPush<E extends OutEvent<D> | PresenceEvent>(
    event: E,
    payload?: Expected<D, E>,
  ): Promise<Told<D, E>> {
    const what = `${wanted(event, payload)} on "${this.topic}"`
    const message = await this.#client.take(what, (one) => this.#isIt(one, event, payload))
    return this.#declared(event, message.payload)
  }

  /** Nothing like it has come, when all that was pushed has been handled. What comes `later` may still come. */
  async refutePush<E extends OutEvent<D> | PresenceEvent>(
    event: E,
    payload?: Expected<D, E>,
  ): Promise<void> {
    await this.#client.settled(this.topic)
    const message = this.#client.takeNow((one) => this.#isIt(one, event, payload))
    if (!message) return
    throw new AssertionError({
      message: `expected no "${event}" on "${this.topic}", and it was sent ${inWords(message.payload)}`,
    })
  }

  /** It is broadcast to the topic, whether or not this client is told. */
  async assertBroadcast<E extends OutEvent<D>>(
    event: E,
    payload?: Partly<OutPayload<D, E>>,
  ): Promise<OutPayload<D, E>> {
    const what = `${wanted(event, payload)} to be broadcast to "${this.topic}"`
    const message = await this.#broadcasts.take(
      what,
      (one) => one.event === event && fits(one.payload, payload),
    )
    return this.#declared(event, message.payload) as OutPayload<D, E>
  }

  async refuteBroadcast<E extends OutEvent<D>>(
    event: E,
    payload?: Partly<OutPayload<D, E>>,
  ): Promise<void> {
    await this.#client.settled(this.topic)
    const message = this.#broadcasts.takeNow(
      (one) => one.event === event && fits(one.payload, payload),
    )
    if (!message) return
    throw new AssertionError({
      message: `expected no "${event}" to be broadcast to "${this.topic}", and it was ${inWords(message.payload)}`,
    })
  }

  /** Leaves, as a client does that asks to. */
  async leave(): Promise<void> {
    const ref = this.#client.nextRef()
    this.#client.send([this.#joinRef, ref, this.topic, 'phx_leave', {}])
    await this.#client.replyTo(ref, `to leaving "${this.topic}"`)
    await this.assertClosed()
  }

  /** The server has closed it. */
  async assertClosed(): Promise<void> {
    await this.#assertEnded('phx_close')
  }

  /** A handler has failed. */
  async assertFailed(): Promise<void> {
    await this.#assertEnded('phx_error')
  }

  async #assertEnded(event: 'phx_close' | 'phx_error'): Promise<void> {
    await this.#client.take(
      `${event} on "${this.topic}"`,
      (one) => one.event === event && one.topic === this.topic && one.ref === this.#joinRef,
    )
    this.#stopListening()
  }

  #isIt(message: ServerMessage, event: string, payload: unknown): boolean {
    return (
      message.event === event &&
      message.topic === this.topic &&
      (message.joinRef === null || message.joinRef === this.#joinRef) &&
      fits(message.payload, payload)
    )
  }

  #declared<E extends string>(event: E, payload: Payload): Told<D, E> {
    const schema = this.#declaration.out?.[event]
    if (schema) asDeclared(schema, payload, `"${event}" on "${this.topic}"`)
    else if (!PRESENCE.has(event)) {
      throw new AssertionError({ message: `"${event}" is not declared for "${this.topic}"` })
    }
    return payload as Told<D, E>
  }
}

function wanted(event: string, payload: unknown): string {
  return payload === undefined ? `"${event}"` : `"${event}" ${inWords(payload)}`
}
