import { type Listener, type Message, type Subscription } from '@showrunner/pubsub'
import {
  isAnswer,
  isLater,
  isRefusal,
  isWelcome,
  later,
  refuse,
  type Answer,
  type Later,
  type Refusal,
  type Welcome,
} from '../answers.ts'
import { type Channel, type EndReason } from '../channel.ts'
import { type Prepared } from '../definitions.ts'
import { ChannelError, reasonOf } from '../errors.ts'
import { masked } from '../observing.ts'
import { type ClientMessage, type Payload, type Ref } from '../serializers/message.ts'
import { withoutReplay } from '../replay/follower.ts'
import { type Connection } from './connection.ts'
import { Hearing, type Hearer } from './hearing.ts'
import { channelId } from './hub.ts'
import { invalid } from './invalid.ts'
import { Mailbox, type MailboxOwner } from './mailbox.ts'

/** A join that is being asked for. */
interface Attempt {
  readonly ref: Ref
  readonly params: unknown
  readonly since: number
}

/** A push that is being handled. */
interface Asked {
  readonly event: string
  readonly ref: Ref
  readonly isAnswered: boolean
  readonly since: number
}

/** What may wait besides what the client pushed, for each of those that may. */
const OTHER_TASKS = 10

/** How long a client that leaves waits for what it pushed before. */
const LEAVE_MS = 5000

/** One client in one topic: from the moment it asks to join until it has ended. */
export class JoinedChannel implements Channel, Hearer, MailboxOwner {
  readonly topic: string
  readonly joinRef: Ref
  readonly number: number
  state: unknown
  readonly connection: Connection
  readonly #definition: Prepared
  readonly #mailbox: Mailbox
  #status: Hearer['status'] = 'joining'
  #ended: EndReason | undefined
  /** The channel of the same topic that ended by this one: its client is told after the reply to the join. */
  #replaced: JoinedChannel | undefined
  /** From when it is let in. */
  #hearing: Hearing | undefined
  /** The client wants to leave, and waits for the answer; some ask more than once. */
  #leaving: Ref[] | undefined
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
    this.connection = connection
    this.#definition = definition
    this.#mailbox = new Mailbox(this)
  }

  get id(): string {
    return channelId(this.connection.node.pubsub.node, this.number)
  }

  get visitor(): unknown {
    return this.connection.visitor
  }

  get intercept(): Hearer['intercept'] {
    return this.#definition.intercept
  }

  get replay(): number | undefined {
    return this.#definition.declaration.replay
  }

  get status(): Hearer['status'] {
    return this.#status
  }

  join(message: ClientMessage, replaced: JoinedChannel | undefined): void {
    this.#replaced = replaced
    this.#mailbox.run(async () => {
      if (await this.#isLetIn(message)) await this.#begin()
    })
  }

  async #isLetIn({ ref, payload }: ClientMessage): Promise<boolean> {
    const { node } = this.connection
    const attempt = { ref, params: payload, since: performance.now() }
    const onTime = node.time.after(node.limits.joinMs, () => {
      node.log('warning', `The join of "${this.topic}" took longer than ${node.limits.joinMs} ms`)
      this.#refused(attempt, { reason: 'join timeout' })
    })
    this.connection.joining += 1
    try {
      const asked = await this.#ask(payload)
      if (isRefusal(asked)) this.#refused(attempt, asked.response)
      else await this.#welcomed(ref, asked, payload)
    } catch (error) {
      node.log('error', `The join of "${this.topic}" failed: ${reasonOf(error)}`)
      this.#refused(attempt, { reason: 'join crashed' }, 'failed')
    } finally {
      onTime()
      this.connection.joining -= 1
    }
    if (this.#status !== 'joined') return false
    this.#tell('joined', attempt)
    return true
  }

  async #ask(payload: unknown): Promise<Welcome<unknown, Payload> | Refusal> {
    const { declaration, handlers, prefixLength } = this.#definition
    const given = this.replay === undefined ? payload : withoutReplay(payload)
    const params = declaration.params?.safeParse(given)
    if (params?.success === false) {
      return refuse(invalid('params', params.error))
    }
    const asked: unknown = await handlers.join({
      topic: this.topic,
      name: this.topic.slice(prefixLength),
      params: params ? params.data : given,
      visitor: this.visitor,
    })
    if (isWelcome(asked) || isRefusal(asked)) return asked
    throw new ChannelError('`join` has to give back `welcome()` or `refuse(reason)`')
  }

  async #welcomed(
    ref: Ref,
    { state, response }: Welcome<unknown, Payload>,
    params: unknown,
  ): Promise<void> {
    this.state = state
    // It went while it was let in: what `join` made is handed on all the same.
    if (this.#ended) return this.#callEnded(this.#ended)

    this.#status = 'welcomed'
    this.#hearing = new Hearing(this)
    await this.#hearing.listen(params)
    if (this.#ended) return undefined
    this.connection.reply(this.joinRef, ref, this.topic, 'ok', response)
    // A client that reads too slowly is closed by its reply.
    if (this.#ended) return undefined
    this.#status = 'joined'
    this.#tellReplaced()
    this.#hearing.begin()
    return undefined
  }

  #refused(attempt: Attempt, response: Payload, reason: EndReason = 'closed'): void {
    if (this.#ended || this.#status === 'joined') return
    this.connection.reply(this.joinRef, attempt.ref, this.topic, 'error', response)
    this.#tellReplaced()
    this.#tell('refused', attempt)
    this.end(reason)
  }

  #tellReplaced(): void {
    this.#replaced?.sendClose()
    this.#replaced = undefined
  }

  async #begin(): Promise<void> {
    if (this.#ended) return
    await this.#definition.handlers.joined?.(this)
    const { presence } = this.connection.node
    if (!this.#definition.declaration.presence || !presence || this.#ended) return
    this.push('presence_state', await presence.list(this.topic))
  }

  receive(message: ClientMessage): void {
    if (this.#mailbox.waiting < this.connection.node.limits.waitingMessages) {
      this.#mailbox.run(() => this.#handle(message))
    } else {
      this.#answer(message.ref, 'error', { reason: 'too many messages waiting' })
    }
  }

  leave(ref: Ref): void {
    if (this.#leaving) return void this.#leaving.push(ref)
    this.#leaving = [ref]
    if (!this.#mailbox.isBusy) return this.#left()
    // A handler may never finish.
    const { time, limits } = this.connection.node
    const patience = this.#status === 'joined' ? LEAVE_MS : limits.joinMs + LEAVE_MS
    const late = time.after(patience, () => this.#left())
    return this.#mailbox.run(() => {
      late()
      this.#left()
    })
  }

  #left(): void {
    if (this.#ended) return
    this.#answerLeave()
    this.sendClose()
    this.end('left')
  }

  #answerLeave(): void {
    for (const ref of this.#leaving ?? []) this.#answer(ref, 'ok', {})
    this.#leaving = undefined
  }

  #handle({ event, payload, ref }: ClientMessage): unknown {
    const incoming = this.#definition.incoming.get(event)
    if (!incoming) return this.#answer(ref, 'error', { reason: `unknown event "${event}"` })

    const parsed = incoming.payload.safeParse(payload)
    if (!parsed.success) return this.#answer(ref, 'error', invalid('payload', parsed.error))

    const since = this.connection.node.isObserved ? performance.now() : 0
    const asked = { event, ref, isAnswered: incoming.reply !== undefined, since }
    const result = incoming.handler(parsed.data, this)
    if (!(result instanceof Promise)) return this.#handled(asked, result)
    return result.then((done: unknown) => this.#handled(asked, done))
  }

  #handled(asked: Asked, result: unknown): void {
    if (isLater(result)) {
      result.promise
        .then((done) => this.#handled(asked, done))
        .catch((error: unknown) => this.failed(error))
      return
    }
    const { event, ref, isAnswered, since } = asked
    const given = replyOf(result, isAnswered)
    if (given) this.#answer(ref, given.status, given.response)
    const { node } = this.connection
    if (!node.isObserved) return
    const { topic } = this
    const took = performance.now() - since
    node.tell({ kind: 'handled', topic, event, status: given?.status, took })
  }

  push(event: string, payload: Payload): void {
    if (this.#ended) return
    const { serializer } = this.connection
    this.connection.send(serializer.push(this.joinRef, null, this.topic, event, payload))
  }

  broadcast(event: string, payload: Payload): void {
    this.connection.node.broadcast(this.topic, { event, payload })
  }

  broadcastFrom(event: string, payload: Payload): void {
    this.connection.node.broadcast(this.topic, { event, payload, from: this.id })
  }

  localBroadcast(event: string, payload: Payload): void {
    this.connection.node.localBroadcast(this.topic, { event, payload })
  }

  later<T>(promise: Promise<T | Refusal | Answer>): Later<T> {
    return later(promise)
  }

  async listen(topic: string, listener: Listener): Promise<void> {
    if (this.#ended) return
    const told = (message: Message, of: string) => this.run(() => listener(message, of))
    const subscription = this.connection.node.pubsub.subscribe(topic, told)
    this.#listening ??= []
    this.#listening.push(subscription)
    await subscription.ready
  }

  run(work: () => unknown): void {
    if (this.#ended) return
    const most = this.connection.node.limits.waitingMessages * OTHER_TASKS
    if (this.#mailbox.waiting < most) this.#mailbox.run(work)
    else this.failed(new ChannelError(`${most} things wait to be done`))
  }

  close(): void {
    if (this.#ended) return
    this.#mailbox.runNext(() => {
      if (this.#ended) return
      this.#answerLeave()
      this.sendClose()
      this.end('closed')
    })
  }

  track(key: string | number, meta: Record<string, Message>): void {
    if (this.#ended) return
    const presence = this.connection.node.presenceOf(this.topic)
    this.#tracked = true
    const tracked = presence.track(this.id, this.topic, key, meta)
    if (!tracked.ok) presence.update(this.id, this.topic, key, meta)
  }

  retrack(key: string | number, change: (meta: never) => Record<string, Message>): void {
    if (this.#ended) return
    const presence = this.connection.node.presenceOf(this.topic)
    presence.update(this.id, this.topic, key, (meta) => change(meta as never))
  }

  untrack(key: string | number): void {
    if (this.#tracked) {
      this.connection.node.presenceOf(this.topic).untrack(this.id, this.topic, key)
    }
  }

  /** Nothing comes to it any more, and what it has is given back. What its client is told is not done here. */
  end(reason: EndReason): void {
    if (this.#ended) return
    const wasWelcomed = this.#status !== 'joining'
    this.#answerLeave()
    this.#tellReplaced()
    this.#ended = reason
    this.#status = 'ended'
    this.#mailbox.clear()
    this.#hearing?.end()
    const { node } = this.connection
    for (const subscription of this.#listening ?? []) subscription.unsubscribe()
    this.#listening = undefined
    if (this.#tracked) node.presenceOf(this.topic).untrackAll(this.id)
    this.connection.forget(this)
    if (wasWelcomed) void this.#callEnded(reason)
  }

  async #callEnded(reason: EndReason): Promise<void> {
    try {
      await this.#definition.handlers.ended?.(this, reason)
    } catch (error) {
      const { log } = this.connection.node
      log('error', `\`ended\` of "${this.topic}" failed: ${reasonOf(error)}`)
    }
  }

  /** What it does has failed: it alone ends. A client that is about to leave is not told to come back. */
  failed(error: unknown): void {
    this.connection.node.log('error', `The channel "${this.topic}" failed: ${reasonOf(error)}`)
    if (this.#ended) return
    if (!this.#leaving) this.#send('phx_error', { reason: 'channel_crash' })
    else {
      this.#answerLeave()
      this.sendClose()
    }
    this.end('failed')
  }

  sendClose(): void {
    this.#send('phx_close', {})
  }

  #send(event: 'phx_close' | 'phx_error', payload: Payload): void {
    const { serializer } = this.connection
    this.connection.send(serializer.push(this.joinRef, this.joinRef, this.topic, event, payload))
  }

  #answer(ref: Ref, status: string, response: Payload): void {
    if (ref === null || this.#ended) return
    this.connection.reply(this.joinRef, ref, this.topic, status, response)
  }

  #tell(kind: 'joined' | 'refused', { params, since }: Attempt): void {
    const { node, id } = this.connection
    const took = performance.now() - since
    if (node.isObserved) node.tell({ kind, id, topic: this.topic, params: masked(params), took })
  }
}

/** What a push is answered with, if it is. */
function replyOf(
  result: unknown,
  isAnswered: boolean,
): { status: string; response: Payload } | undefined {
  if (isRefusal(result)) return { status: 'error', response: result.response }
  if (isAnswer(result)) return result
  // Of what declares a reply, the types saw to it that it gives one.
  return isAnswered ? { status: 'ok', response: result as Payload } : undefined
}
