import { type Listener, type Message, type Subscription } from '@showrunner/pubsub'
import {
  type Answer,
  type Channel,
  type EndReason,
  type Later,
  type Refusal,
  type Welcome,
} from '../channel.ts'
import { type Prepared } from '../definitions.ts'
import { NotJoinedError, reasonOf } from '../errors.ts'
import { type ClientMessage, type Payload, type Ref } from '../serializers/message.ts'
import { type Broadcast } from './broadcast.ts'
import { type Connection } from './connection.ts'
import { channelId, type Member } from './hub.ts'
import { invalid } from './invalid.ts'
import { Mailbox } from './mailbox.ts'

/** What a handler gives back, whatever event it is of. */
type Result = Payload | Refusal | Answer | Later<Payload> | undefined

type Handler = (payload: unknown, channel: Channel) => Result | Promise<Result>

/** One client in one topic: from the moment it asks to join until it has ended. */
export class JoinedChannel implements Channel, Member {
  readonly topic: string
  readonly joinRef: Ref
  readonly number: number
  state: unknown
  readonly #connection: Connection
  readonly #definition: Prepared
  readonly #mailbox: Mailbox
  #status: 'joining' | 'joined' | 'ended' = 'joining'
  /** What was broadcast between listening and being let in: the reply to the join goes first. */
  #early: Broadcast[] | undefined
  #listening: Subscription[] | undefined
  #tracked = false

  constructor(
    connection: Connection,
    definition: Prepared,
    { topic, joinRef, ref }: ClientMessage,
  ) {
    this.topic = topic
    this.joinRef = joinRef ?? ref
    this.number = connection.node.nextNumber()
    this.#connection = connection
    this.#definition = definition
    this.#mailbox = new Mailbox((error) => this.#fail(error))
  }

  get id(): string {
    return channelId(this.#connection.node.pubsub.node, this.number)
  }

  get visitor(): unknown {
    return this.#connection.visitor
  }

  get status(): 'joining' | 'joined' | 'ended' {
    return this.#status
  }

  /** `replaced` is the channel of the same topic that ends by it: its client is told when this one is in. */
  join(message: ClientMessage, replaced: JoinedChannel | undefined): void {
    this.#mailbox.run(async () => {
      const admitted = await this.#asked(message)
      if (admitted) await this.#in(message.ref, admitted)
      replaced?.sendClose()
      if (admitted) await this.#afterJoin()
    })
  }

  async #asked(message: ClientMessage): Promise<Welcome<unknown, Payload> | undefined> {
    const { declaration, handlers } = this.#definition
    const params = declaration.params?.safeParse(message.payload)
    if (params?.success === false)
      return this.#refused(message.ref, invalid('params', params.error))

    const joining = {
      topic: this.topic,
      name: this.topic.slice(declaration.topic.replace(/\*$/, '').length),
      params: params ? params.data : message.payload,
      visitor: this.visitor,
    }
    const answer = await this.#inTime(async () => handlers.join(joining))
    if (answer.kind === 'refusal') return this.#refused(message.ref, answer.response)
    if (this.#status === 'joining') return answer

    // It went while it was let in. What `join` made is handed to `ended`.
    this.state = answer.state
    this.#callEnded('disconnected')
    return undefined
  }

  async #inTime(
    join: () => Promise<Welcome<unknown, Payload> | Refusal>,
  ): Promise<Welcome<unknown, Payload> | Refusal> {
    const { time, limits, log } = this.#connection.node
    const { promise: late, resolve } = Promise.withResolvers<Refusal>()
    const onTime = time.after(limits.joinMs, () =>
      resolve({ kind: 'refusal', response: { reason: 'join timeout' } }),
    )
    try {
      return await Promise.race([join(), late])
    } catch (error) {
      log('error', `The join of "${this.topic}" failed: ${reasonOf(error)}`)
      return { kind: 'refusal', response: { reason: 'join crashed' } }
    } finally {
      onTime()
    }
  }

  #refused(ref: Ref, response: Payload): undefined {
    if (this.#status === 'joining')
      this.#connection.reply(this.joinRef, ref, this.topic, 'error', response)
    this.#status = 'ended'
    this.#connection.forget(this)
  }

  async #in(ref: Ref, { state, response }: Welcome<unknown, Payload>): Promise<void> {
    this.state = state
    this.#early = []
    await this.#connection.node.hubs.add(this.topic, this)
    if (this.status === 'ended') return
    this.#status = 'joined'
    this.#connection.reply(this.joinRef, ref, this.topic, 'ok', response)
  }

  async #afterJoin(): Promise<void> {
    const early = this.#early ?? []
    this.#early = undefined
    for (const broadcast of early) this.told(broadcast)
    if (this.status !== 'joined') return

    await this.#definition.handlers.joined?.(this)
    const { presence } = this.#connection.node
    if (this.#definition.declaration.presence && presence) {
      this.push('presence_state', { ...(await presence.list(this.topic)) })
    }
  }

  receive(message: ClientMessage): void {
    const { limits } = this.#connection.node
    if (this.#mailbox.waiting < limits.waitingMessages) {
      this.#mailbox.run(() => this.#handle(message))
    } else {
      this.#answer(message.ref, 'error', { reason: 'too many messages waiting' })
    }
  }

  leave(ref: Ref): void {
    this.#mailbox.run(() => {
      if (this.#status === 'ended') return
      this.#answer(ref, 'ok', {})
      this.sendClose()
      this.end('left')
    })
  }

  #handle({ event, payload, ref }: ClientMessage): unknown {
    if (this.#status !== 'joined') return undefined
    const incoming = this.#definition.incoming.get(event)
    if (!incoming) return this.#answer(ref, 'error', { reason: `unknown event "${event}"` })

    const parsed = incoming.payload.safeParse(payload)
    if (!parsed.success) return this.#answer(ref, 'error', invalid('payload', parsed.error))

    // Declared, so it has a handler: the types saw to it.
    const handler = this.#definition.handlers.in?.[event] as Handler
    const result = handler(parsed.data, this)
    const reply = (done: Result) => this.#replied(ref, done, incoming.reply !== undefined)
    return result instanceof Promise ? result.then(reply) : reply(result)
  }

  #replied(ref: Ref, result: Result, isAnswered: boolean): void {
    const kind = result && 'kind' in result ? result.kind : undefined
    if (kind === 'later') {
      const { promise } = result as Later<Payload>
      promise.then(
        (done) => this.#replied(ref, done, isAnswered),
        (error: unknown) => this.#fail(error),
      )
    } else if (kind === 'refusal') this.#answer(ref, 'error', (result as Refusal).response)
    else if (kind === 'answer')
      this.#answer(ref, (result as Answer).status, (result as Answer).response)
    else if (isAnswered) this.#answer(ref, 'ok', (result as Payload | undefined) ?? {})
  }

  /** A broadcast of the topic. It goes straight to the client, unless there is a handler for it. */
  told(broadcast: Broadcast): void {
    if (this.#early) this.#early.push(broadcast)
    if (this.#early || this.#status !== 'joined') return

    const intercept = this.#definition.handlers.intercept?.[broadcast.event]
    if (intercept) this.run(() => intercept(broadcast.payload, this))
    else this.#connection.send(broadcast.frame(this.#connection.serializer, false))
  }

  push(event: string, payload: Payload): void {
    if (this.#status === 'joining') throw new NotJoinedError('push', this.topic)
    const { serializer } = this.#connection
    this.#connection.send(serializer.push(this.joinRef, null, this.topic, event, payload))
  }

  broadcast(event: string, payload: Payload): void {
    this.#assertJoined('broadcast')
    this.#connection.node.broadcast(this.topic, { event, payload })
  }

  broadcastFrom(event: string, payload: Payload): void {
    this.#assertJoined('broadcastFrom')
    this.#connection.node.broadcast(this.topic, { event, payload, from: this.id })
  }

  localBroadcast(event: string, payload: Payload): void {
    this.#assertJoined('localBroadcast')
    this.#connection.node.pubsub.localBroadcast(this.topic, { event, payload })
  }

  later<T>(promise: Promise<T | Refusal | Answer>): Later<T> {
    return { kind: 'later', promise }
  }

  listen(topic: string, listener: Listener): void {
    if (this.#status === 'ended') return
    const told = (message: Message, of: string) => this.run(() => listener(message, of))
    this.#listening ??= []
    this.#listening.push(this.#connection.node.pubsub.subscribe(topic, told))
  }

  run(work: () => unknown): void {
    this.#mailbox.run(() => (this.#status === 'ended' ? undefined : work()))
  }

  close(): void {
    if (this.#status === 'ended') return
    this.sendClose()
    this.end('closed')
  }

  track(key: string | number, meta: Record<string, Message>): void {
    if (this.#status === 'ended') return
    const presence = this.#connection.node.presenceOf(this.topic)
    this.#tracked = true
    const tracked = presence.track(this.id, this.topic, key, meta)
    if (!tracked.ok) presence.update(this.id, this.topic, key, meta)
  }

  retrack(key: string | number, change: (meta: never) => Record<string, Message>): void {
    if (this.#status === 'ended') return
    const presence = this.#connection.node.presenceOf(this.topic)
    presence.update(this.id, this.topic, key, (meta) => change(meta as never))
  }

  untrack(key: string | number): void {
    this.#connection.node.presenceOf(this.topic).untrack(this.id, this.topic, key)
  }

  /** Nothing comes to it any more, and what it has is given back. What its client is told is not done here. */
  end(reason: EndReason): void {
    if (this.#status === 'ended') return
    const wasIn = this.#status === 'joined'
    this.#status = 'ended'
    this.#mailbox.clear()
    const { node } = this.#connection
    node.hubs.remove(this.topic, this)
    for (const subscription of this.#listening ?? []) subscription.unsubscribe()
    if (this.#tracked) node.presenceOf(this.topic).untrackAll(this.id)
    this.#connection.forget(this)
    if (wasIn) this.#callEnded(reason)
  }

  #callEnded(reason: EndReason): void {
    const { handlers } = this.#definition
    const failed = (error: unknown) =>
      this.#connection.node.log('error', `\`ended\` of "${this.topic}" failed: ${reasonOf(error)}`)
    new Mailbox(failed).run(() => handlers.ended?.(this, reason))
  }

  #fail(error: unknown): void {
    this.#connection.node.log('error', `The channel "${this.topic}" failed: ${reasonOf(error)}`)
    if (this.#status !== 'joined') return
    this.#send('phx_error', { reason: 'channel_crash' })
    this.end('failed')
  }

  sendClose(): void {
    this.#send('phx_close', {})
  }

  #send(event: 'phx_close' | 'phx_error', payload: Payload): void {
    const { serializer } = this.#connection
    this.#connection.send(serializer.push(this.joinRef, this.joinRef, this.topic, event, payload))
  }

  #answer(ref: Ref, status: string, response: Payload): void {
    if (ref === null || this.#status === 'ended') return
    this.#connection.reply(this.joinRef, ref, this.topic, status, response)
  }

  #assertJoined(doing: string): void {
    if (this.#status === 'joining') throw new NotJoinedError(doing, this.topic)
  }
}
