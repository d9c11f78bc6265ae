import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import { type Time } from '@showrunner/presence'
import { channelFor, welcome } from '../../index.ts'
import { connected } from '../../connect.ts'
import { defineChannel } from '../../declaration.ts'
import { type Outlet } from '../../outlet.ts'
import { type Frame } from '../../serializers/frame.ts'
import { type Connection } from '../../socket/connection.ts'
import { createSockets, type Sockets } from '../../sockets.ts'
import { Broker } from './broker.ts'

const Said = z.object({ number: z.number(), node: z.string() })

export const Chat = defineChannel({
  topic: 'chat',
  in: { say: { payload: Said } },
  out: { said: Said },
  replay: 5,
})
const TOPIC = 'chat'

const chat = channelFor<unknown>()(Chat, {
  join: () => welcome(),
  in: { say: (said, channel) => channel.broadcastFrom('said', said) },
})

/** A time that passes when it is told to. */
export class TestTime implements Time {
  #now = 0
  #alarms: { readonly at: number; readonly run: () => void }[] = []

  now(): number {
    return this.#now
  }

  after(milliseconds: number, run: () => void): () => void {
    const alarm = { at: this.#now + milliseconds, run }
    this.#alarms.push(alarm)
    return () => {
      this.#alarms = this.#alarms.filter((other) => other !== alarm)
    }
  }

  pass(milliseconds: number): void {
    this.#now += milliseconds
    const due = this.#alarms
      .filter(({ at }) => at <= this.#now)
      .sort((one, other) => one.at - other.at)
    this.#alarms = this.#alarms.filter(({ at }) => at > this.#now)
    for (const { run } of due) run()
  }
}

/** What was sent to a client, and how much had been said by then. */
export interface Got {
  readonly event: string
  readonly id: string | null
  readonly payload: Readonly<Record<string, unknown>>
  readonly said: number
}

interface Node {
  readonly name: string
  readonly sockets: Sockets
  readonly pubsub: ReturnType<Broker['open']>
}

/** Nodes, clients that come and go, and who said what. */
export class ChatWorld {
  readonly time = new TestTime()
  readonly links: Broker
  readonly nodes: Node[] = []
  /** Who said each: a client does not hear what it said itself. */
  readonly said: { readonly node: string; readonly by: Client | undefined }[] = []
  #opened = 0

  constructor(nodes: number, knowsListeners: boolean) {
    this.links = new Broker(knowsListeners)
    for (let at = 0; at < nodes; at += 1) this.nodes.push(this.#open())
  }

  #open(): Node {
    this.#opened += 1
    const name = `node-${this.#opened}`
    const pubsub = this.links.open(name)
    const sockets = createSockets({
      pubsub,
      time: this.time,
      channels: [chat],
      connect: () => connected(undefined),
    })
    return { name, pubsub, sockets }
  }

  node(at: number): Node {
    const node = this.nodes[at % this.nodes.length]
    if (!node) throw new Error('there is no node')
    return node
  }

  /** It goes without a word, and another one takes its place. */
  async replace(at: number): Promise<void> {
    const node = this.node(at)
    await node.pubsub.close()
    await node.sockets.close()
    this.nodes[this.nodes.indexOf(node)] = this.#open()
  }

  sayAt(at: number): void {
    const { name, sockets } = this.node(at)
    sockets.broadcast(Chat, TOPIC, 'said', this.noted(name, undefined))
  }

  noted(node: string, by: Client | undefined): { number: number; node: string } {
    this.said.push({ node, by })
    return { number: this.said.length, node }
  }

  async rest(): Promise<void> {
    for (let turn = 0; turn < 3; turn += 1) await setImmediate()
  }

  /** Everything that is on its way arrives, and what takes its time is over. */
  async quiet(): Promise<void> {
    for (let turn = 0; turn < 4; turn += 1) {
      this.links.deliverAll()
      await this.rest()
      this.time.pass(600)
      await this.rest()
    }
  }
}

/** A client as the five lines of the manual make it: it remembers the last ref that was a text. */
export class Client implements Outlet {
  readonly unsentBytes = 0
  readonly #world: ChatWorld
  readonly got: Got[] = []
  #sent: Got[] = []
  #lastId: string | null = null
  #connection: Connection | undefined
  #node = ''

  constructor(world: ChatWorld) {
    this.#world = world
  }

  get isConnected(): boolean {
    return this.#connection?.isOpen === true
  }

  isAt(node: string): boolean {
    return this.isConnected && this.#node === node
  }

  async join(at: number): Promise<void> {
    this.leave(0)
    const { name, sockets } = this.#world.node(at)
    const admitted = await sockets.admit({
      params: { vsn: '2.0.0' },
      authToken: undefined,
      cookie: undefined,
      peer: { address: '', port: 0 },
      url: new URL('ws://localhost'),
      userAgent: undefined,
      headers: {},
    })
    if ('kind' in admitted) return
    this.#node = name
    this.#connection = sockets.open(admitted, this)
    const params = { replay: this.#lastId }
    this.#connection.receive(JSON.stringify(['1', '1', TOPIC, 'phx_join', params]))
  }

  say(): void {
    if (!this.isConnected) return
    const number = this.#world.said.length
    const said = this.#world.noted(this.#node, this)
    this.#connection?.receive(JSON.stringify(['1', `s${number}`, TOPIC, 'say', said]))
  }

  /** The last of what was sent to it does not arrive any more. */
  leave(lost: number): void {
    this.#arrived(lost)
    this.#sent = []
    const connection = this.#connection
    this.#connection = undefined
    connection?.closed()
  }

  arrive(): void {
    this.#arrived(0)
  }

  #arrived(lost: number): void {
    const arrived = this.#sent.splice(0, Math.max(0, this.#sent.length - lost))
    for (const got of arrived) {
      this.got.push(got)
      if (got.id?.includes('.')) this.#lastId = got.id
    }
  }

  send(frame: Frame): void {
    const [, id, , event, payload] = JSON.parse(String(frame.data)) as [
      unknown,
      string | null,
      string,
      string,
      Got['payload'],
    ]
    this.#sent.push({ event, id, payload, said: this.#world.said.length })
  }

  ping(): void {}
  close(): void {}
}
