import { type IncomingMessage, type Server } from 'node:http'
import { type Socket } from 'node:net'

/**
 * Browsers keep connections ready on which they have asked nothing yet. A server that closes waits for them for a minute, as
 * they are not idle to Node.
 *
 * @returns what ends those there are.
 */
export function watchUnspoken(server: Server): () => void {
  const unspoken = new Set<Socket>()
  const spoken = ({ socket }: IncomingMessage) => unspoken.delete(socket)

  server.on('connection', (socket: Socket) => {
    unspoken.add(socket)
    socket.once('close', () => unspoken.delete(socket))
  })
  server.on('request', spoken)
  // Whoever else takes upgrades closes them.
  server.prependListener('upgrade', spoken)

  return () => {
    for (const socket of unspoken) socket.destroy()
  }
}
