import { createServer } from 'node:http'
import { type AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { TOPIC } from '../subjects.ts'
import { type Served } from './served.ts'

interface FromClients {
  join(topic: string, joined: () => void): void
  echo(payload: { text: string }, answer: (payload: { text: string }) => void): void
}

interface ToClients {
  said(payload: { text: string }): void
}

const HALF_AN_HOUR_MS = 30 * 60_000

/** Socket.IO at its best: no polling, no compression, and pings that do not come while it is measured. */
export async function serveSocketIo(): Promise<Served> {
  const http = createServer()
  const io = new Server<FromClients, ToClients>(http, {
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    pingInterval: HALF_AN_HOUR_MS,
  })
  io.on('connection', (socket) => {
    socket.on('join', async (topic, joined) => {
      await socket.join(topic)
      joined()
    })
    socket.on('echo', (payload, answer) => answer(payload))
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', 4096, resolve))
  return {
    // Listening on an address, not on a pipe.
    port: (http.address() as AddressInfo).port,
    broadcast: (text) => io.to(TOPIC).emit('said', { text }),
    diffs: 0,
  }
}
