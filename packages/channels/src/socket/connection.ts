import { FrameError, reasonOf } from '../errors.ts'
import { CLOSE, type Outlet } from '../outlet.ts'
import { type Frame } from '../serializers/frame.ts'
import { type ClientMessage, type Payload, type Ref } from '../serializers/message.ts'
import { type Serializer } from '../serializers/serializer.ts'
import { type ChannelNode } from './channel-node.ts'
import { JoinedChannel } from './joined-channel.ts'
import { TokenBucket } from './token-bucket.ts'

/** Topics of our own: no client hears them, whatever is declared. */
const RESERVED = 'phx_'
/** How much of what a stranger sent is shown. */
const SHOWN = 100

const NONE: readonly JoinedChannel[] = []

/** Whose a connection is, and how it speaks. */
export interface Admission {
  readonly visitor: unknown
  readonly id: string | undefined
  readonly serializer: Serializer
}

/** A client that is connected, by whatever transport. */
export class Connection {
  readonly node: ChannelNode
  readonly visitor: unknown
  readonly id: string | undefined
  readonly serializer: Serializer
  readonly openedAt: number
  #heardAt: number
  readonly #outlet: Outlet
  /** Few, so that looking through them is fast; a map would weigh more than all else here. */
  #channels: readonly JoinedChannel[] = NONE
  readonly #allowance: TokenBucket
  #isOpen = true
  /** How many joins are being asked for, also by channels that have ended meanwhile. */
  joining = 0

  constructor(node: ChannelNode, outlet: Outlet, { visitor, id, serializer }: Admission) {
    this.node = node
    this.visitor = visitor
    this.id = id
    this.serializer = serializer
    this.#outlet = outlet
    this.openedAt = node.time.now()
    this.#heardAt = this.openedAt
    this.#allowance = new TokenBucket(node.limits, this.openedAt)
  }

  get channels(): readonly JoinedChannel[] {
    return this.#channels
  }

  channel(topic: string): JoinedChannel | undefined {
    return this.#channels.find((channel) => channel.topic === topic)
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** When anything was heard of the client, or last asked and answered. */
  get heardAt(): number {
    return this.#heardAt
  }

  heard(): void {
    this.#heardAt = this.node.time.now()
  }

  /** What the client sent. What cannot be read closes the connection, as a client that sends it is not one of ours. */
  receive(data: string | Buffer): void {
    if (!this.#isOpen) return
    this.heard()
    if (!this.#allowance.take(this.#heardAt)) return this.close(CLOSE.tryLater, 'too many messages')
    try {
      this.#handle(this.serializer.decode(data))
    } catch (error) {
      if (!(error instanceof FrameError)) this.node.log('error', reasonOf(error))
      this.close(CLOSE.failed, error instanceof FrameError ? error.message.slice(0, 100) : '')
    }
  }

  #handle(message: ClientMessage): void {
    const { topic, event, joinRef, ref } = message
    const channel = this.channel(topic)
    if (topic === 'phoenix' && event === 'heartbeat') return this.reply(null, ref, topic, 'ok', {})
    if (event === 'phx_join') return this.#join(message, channel)
    if (!channel) return this.#withoutChannel(message)
    // A message of an earlier join of the same topic comes too late.
    if (joinRef !== null && joinRef !== channel.joinRef) return undefined
    if (event === 'phx_leave') return channel.leave(ref)
    return channel.receive(message)
  }

  #join(message: ClientMessage, before: JoinedChannel | undefined): void {
    const { topic, ref, joinRef } = message
    const definition = topic.startsWith(RESERVED) ? undefined : this.node.definitions.of(topic)
    if (!definition) return this.#unmatched(message)
    const { channels: most } = this.node.limits
    if (this.joining >= most || (!before && this.#channels.length >= most)) {
      return this.reply(joinRef, ref, topic, 'error', { reason: 'too many channels joined' })
    }
    before?.end('joined again')
    const channel = new JoinedChannel(this, definition, message)
    this.#channels = [...this.#channels, channel]
    channel.join(message, before)
  }

  #withoutChannel(message: ClientMessage): void {
    const { topic, event, ref, joinRef } = message
    if (event === 'phx_leave') this.reply(joinRef, ref, topic, 'ok', {})
    else this.#unmatched(message)
  }

  #unmatched({ topic, ref }: ClientMessage): void {
    this.node.log('warning', `There is no channel "${topic.slice(0, SHOWN)}"`)
    this.reply(null, ref, topic, 'error', { reason: 'unmatched topic' })
  }

  reply(joinRef: Ref, ref: Ref, topic: string, status: string, response: Payload): void {
    this.send(this.serializer.reply(joinRef, ref, topic, status, response))
  }

  /** A client that does not read what it is sent is closed: the others are not to wait for it. */
  send(frame: Frame): void {
    if (!this.#isOpen) return
    if (this.#outlet.unsentBytes > this.node.limits.unsentBytes) {
      return this.close(CLOSE.tryLater, 'reads too slowly')
    }
    this.#outlet.send(frame)
  }

  ping(): void {
    this.#outlet.ping()
  }

  close(code: number, reason: string): void {
    if (!this.#isOpen) return
    this.#outlet.close(code, reason)
    this.closed(code, reason)
  }

  /** The transport has ended, and every channel with it. */
  closed(code: number = CLOSE.unknown, reason = ''): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    for (const channel of this.#channels) channel.end('disconnected')
    this.node.remove(this)
    if (!this.node.isObserved) return
    const openFor = this.node.time.now() - this.openedAt
    this.node.tell({ kind: 'closed', id: this.id, code, reason, openFor })
  }

  /** A channel that has ended, if it was not replaced meanwhile. */
  forget(channel: JoinedChannel): void {
    this.#channels = this.#channels.filter((other) => other !== channel)
  }
}
