import { createServer, type RequestListener } from 'node:http'
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net'
import { type TestContext } from 'node:test'

/** A web server for one test. Gives its address, without a slash at the end. */
export async function serve(t: TestContext, answer: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(t, createServer(answer))}`
}

/** A server that does what no HTTP library lets one do. Gives `127.0.0.1:port`. */
export async function serveRaw(t: TestContext, answer: (socket: Socket) => void): Promise<string> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {})
    answer(socket)
  })
  return `127.0.0.1:${await listen(t, server)}`
}

async function listen(t: TestContext, server: Server): Promise<number> {
  const open = new Set<Socket>()
  server.on('connection', (socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  t.after(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  // A TCP server that listens has an address with a port.
  return (server.address() as AddressInfo).port
}
