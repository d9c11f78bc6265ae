import { Socket } from 'phoenix'

let socket: Socket | undefined

/** The one connection of this browser's page. It stays while Turbo goes from page to page. */
export function liveSocket(): Socket {
  socket ??= new Socket('/socket')
  if (!socket.isConnected()) socket.connect()
  return socket
}

/** Nobody needs it for now. */
export function restSocket(): void {
  socket?.disconnect()
}
