import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { tcpProxy, type TcpProxy } from './tcp-proxy.ts'

/** What the nodes talk over. */
export interface Bus {
  readonly kind: 'nats' | 'postgres'
  /** Of subjects, for a NATS that others use too. */
  readonly prefix: string
  readonly url: string
}

export interface Start {
  readonly node: string
  readonly bus: Bus
  readonly port: number
}

export type Question = { readonly kind: 'end' } | { readonly kind: 'state'; readonly room: string }

export interface State {
  readonly kind: 'state'
  readonly count: number
  readonly present: readonly string[]
}
export type Answer = { readonly kind: 'opened'; readonly port: number } | State

const ASK_AGAIN_MS = 50

/** A place where a node runs: it keeps its port and its name, whichever process is there. */
export class ClusterNode {
  readonly #name: string
  readonly #bus: Bus
  readonly wire: TcpProxy
  #port = 0
  #process: ChildProcess | undefined

  private constructor(name: string, bus: Bus, wire: TcpProxy) {
    this.#name = name
    this.#bus = bus
    this.wire = wire
  }

  static async start(name: string, bus: Bus): Promise<ClusterNode> {
    const { hostname, port } = new URL(bus.url)
    const wire = await tcpProxy({ host: hostname, port: Number(port || 5432) })
    const own = new URL(bus.url)
    own.hostname = '127.0.0.1'
    own.port = String(wire.port)
    const node = new ClusterNode(name, { ...bus, url: own.href }, wire)
    await node.run()
    return node
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  get endPoint(): string {
    return `ws://127.0.0.1:${this.#port}/socket`
  }

  async run(): Promise<void> {
    const start: Start = { node: this.#name, bus: this.#bus, port: this.#port }
    this.#process = fork(join(import.meta.dirname, 'node-main.ts'), [JSON.stringify(start)], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
    })
    const opened = await this.#answer()
    if (opened.kind === 'opened') this.#port = opened.port
  }

  async kill(): Promise<void> {
    const child = this.#running()
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  /** With what it ended. */
  async end(): Promise<number | null> {
    const child = this.#running()
    child.send({ kind: 'end' } satisfies Question)
    await once(child, 'exit')
    return child.exitCode
  }

  /** Done when nobody is connected or present any more. */
  async isEmpty(room: string): Promise<void> {
    for (;;) {
      this.#running().send({ kind: 'state', room } satisfies Question)
      const answer = await this.#answer()
      if (answer.kind === 'state' && answer.count + answer.present.length === 0) return
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS))
    }
  }

  #running(): ChildProcess {
    if (this.#process) return this.#process
    throw new Error(`${this.#name} was not started`)
  }

  async #answer(): Promise<Answer> {
    const child = this.#running()
    const ended = new AbortController()
    child.once('exit', () => ended.abort())
    const [answer] = await once(child, 'message', { signal: ended.signal })
    return answer as Answer
  }
}
