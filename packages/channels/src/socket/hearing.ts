import { type Channel } from '../channel.ts'
import { type Intercept } from '../definitions.ts'
import { askedReplay, Follower } from '../replay/follower.ts'
import { type Payload } from '../serializers/message.ts'
import { type Broadcast } from './broadcast.ts'
import { type Connection } from './connection.ts'
import { type Member } from './hub.ts'

/** A channel that hears what is broadcast to its topic. */
export interface Hearer extends Channel {
  /** `joining` while `join` is asked, `welcomed` until the client is told so. */
  readonly status: 'joining' | 'welcomed' | 'joined' | 'ended'
  readonly number: number
  readonly connection: Connection
  readonly intercept: ReadonlyMap<string, Intercept>
  /** How many of its messages the topic keeps. */
  readonly replay: number | undefined
  failed(error: unknown): void
}

/** What one client is told of what is broadcast to its topic. */
export class Hearing implements Member {
  readonly number: number
  readonly #channel: Hearer
  /** What was broadcast between listening and being let in: the reply to the join goes first. */
  #early: Broadcast[] | undefined = []
  /** Of a client that asked for what it missed. */
  #follower: Follower | undefined

  constructor(channel: Hearer) {
    this.number = channel.number
    this.#channel = channel
  }

  /** Listens. Done when what other nodes send reaches it. `params` are what the client joined with. */
  listen(params: unknown): Promise<void> {
    const { topic, replay, connection } = this.#channel
    const { hubs } = connection.node
    const ready = hubs.add(topic, this, replay)
    const ring = hubs.ringOf(topic)
    const asked = askedReplay(params)
    if (ring && asked !== undefined) this.#follower = new Follower(topic, ring, asked)
    return ready
  }

  /** The client has been told that it joined. */
  begin(): void {
    if (!this.#follower?.waits) this.#tellEarly()
    if (this.#follower) this.#catchUpWhenKnown(this.#follower)
  }

  end(): void {
    this.#early = undefined
    const { topic, connection } = this.#channel
    connection.node.hubs.remove(topic, this)
  }

  #tellEarly(): void {
    const early = this.#early ?? []
    this.#early = undefined
    for (const broadcast of early) this.#tellAbout(broadcast)
  }

  #catchUpWhenKnown(follower: Follower): void {
    if (follower.ready) void follower.ready.then(() => this.#catchUp(follower))
    else this.#catchUp(follower)
  }

  #catchUp(follower: Follower): void {
    if (this.#channel.status !== 'joined' || follower.isCaughtUp) return
    const { complete, missed, id } = follower.catchUp(this.#early ?? [])
    this.#early = undefined
    this.#sendReplay(id, { complete, missed: missed.length })
    for (const broadcast of missed) this.#tellAbout(broadcast)
  }

  /** It goes straight to the client, unless there is a handler for it. */
  told(broadcast: Broadcast): void {
    if (this.#early) this.#early.push(broadcast)
    if (this.#early || this.#channel.status !== 'joined') return
    const told = this.#follower ? this.#follower.tell(broadcast) : broadcast
    if (told) this.#tellAbout(told)
  }

  #tellAbout(broadcast: Broadcast): void {
    const { intercept } = this.#channel
    const intercepting = intercept.get(broadcast.event)
    if (intercepting) {
      return this.#channel.run(async () => {
        await intercepting(broadcast.payload, this.#channel)
        this.#mark(broadcast)
      })
    }
    // Its id says that all before it was seen, also what a handler still works on.
    if (this.#follower && intercept.size > 0) {
      return this.#channel.run(() => this.#forward(broadcast))
    }
    return this.#forward(broadcast)
  }

  #forward(broadcast: Broadcast): void {
    const { connection } = this.#channel
    const withId = this.#follower?.isCaughtUp === true
    try {
      connection.send(broadcast.frame(connection.serializer, withId))
    } catch (error) {
      this.#channel.failed(error)
    }
  }

  passed(broadcast: Broadcast): void {
    const told = this.#follower?.tell(broadcast)
    if (told) this.#mark(told)
  }

  /** It is not told what it knows, but how far it has seen. */
  #mark({ id }: Broadcast): void {
    if (this.#follower?.isCaughtUp && id !== null && this.#channel.status === 'joined') {
      this.#sendReplay(id, { complete: true, missed: 0 })
    }
  }

  lost(): void {
    if (!this.#follower?.isSure || this.#channel.status !== 'joined') return
    this.#sendReplay(this.#follower.restart(), { complete: false, missed: 0 })
    this.#catchUpWhenKnown(this.#follower)
  }

  #sendReplay(id: string, payload: Payload): void {
    const { topic, connection } = this.#channel
    connection.send(connection.serializer.broadcast(topic, 'replay', payload, id))
  }
}
