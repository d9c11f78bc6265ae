import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A wire between a client and a server that a test can cut. */
export interface TcpProxy {
  readonly port: number
  /** Ends all connections; new ones end at once. */
  cut(): void
  /** Nothing comes through, and nobody is told. */
  silence(): void
  /** All is well again. What was on its way while it was silent arrives. */
  heal(): void
  close(): Promise<void>
}

export interface TcpProxyOptions {
  readonly host?: string
  readonly port: number
  /** What becomes of a connection that begins so. */
  readonly judge?: (firstWords: string) => 'through' | 'end' | 'silence'
}

export async function tcpProxy(options: TcpProxyOptions): Promise<TcpProxy> {
  const { host = '127.0.0.1', port, judge = () => 'through' } = options
  const wires = new Set<Wire>()
  let state: 'through' | 'end' | 'silence' = 'through'
  const server = createServer((client) => {
    if (state === 'end') {
      client.destroy()
      return
    }
    const wire = new Wire(client, () => connect(port, host), judge)
    wires.add(wire)
    client.once('close', () => wires.delete(wire))
    if (state === 'silence') wire.silence()
    else wire.heal()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    state = 'end'
    for (const wire of wires) wire.end()
  }

  return {
    port: (server.address() as AddressInfo).port,
    cut,
    silence() {
      state = 'silence'
      for (const wire of wires) wire.silence()
    },
    heal() {
      state = 'through'
      for (const wire of wires) wire.heal()
    },
    async close() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}

class Wire {
  readonly #client: Socket
  readonly #open: () => Socket
  readonly #judge: (firstWords: string) => 'through' | 'end' | 'silence'
  #server: Socket | undefined
  #isSwallowed = false

  constructor(
    client: Socket,
    open: () => Socket,
    judge: (firstWords: string) => 'through' | 'end' | 'silence',
  ) {
    this.#client = client
    this.#open = open
    this.#judge = judge
    client.on('error', () => this.end())
    client.on('close', () => this.end())
    client.on('data', (data) => this.#up(data))
  }

  silence(): void {
    this.#client.pause()
    this.#server?.pause()
  }

  heal(): void {
    if (this.#client.destroyed) return
    this.#server ??= this.#connected()
    this.#client.resume()
    this.#server.resume()
  }

  end(): void {
    this.#client.destroy()
    this.#server?.destroy()
  }

  #connected(): Socket {
    const server = this.#open()
    server.on('error', () => this.end())
    server.on('close', () => this.end())
    server.on('data', (data) => this.#client.write(data))
    return server
  }

  #up(data: Buffer): void {
    if (this.#isSwallowed) return
    const judged = this.#judge(data.toString('latin1', 0, 200))
    if (judged === 'end') return this.end()
    if (judged === 'silence') this.#isSwallowed = true
    else this.#server?.write(data)
  }
}
