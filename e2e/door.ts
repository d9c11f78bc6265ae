import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** One address before several nodes, as of a load balancer. */
export class Door {
  #port = 0
  readonly #sockets = new Set<Socket>()
  readonly #server = createServer((client) => {
    const node = connect(this.#port, 'localhost')
    for (const socket of [client, node]) {
      this.#sockets.add(socket)
      socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket))
    }
    client.pipe(node).pipe(client)
    client.on('close', () => node.destroy())
    node.on('close', () => client.destroy())
  })

  async open(): Promise<string> {
    this.#server.listen(0, 'localhost')
    await once(this.#server, 'listening')
    // It listens on an address, and not on a pipe.
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`
  }

  /** Whoever comes from now on; those who are there stay where they are. */
  leadTo(port: number): void {
    this.#port = port
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
    await once(this.#server, 'close')
  }
}
