import { Socket } from 'phoenix'

/** What is sent here makes somebody else of the visitor: signing in and out, acting for others. */
const WHO_IT_IS = /^\/(?:in|out|~)(?:\/|$)/

let socket: Socket | undefined
let holders = 0

/** The one connection of this browser's page. It stays while Turbo goes from page to page. */
export function liveSocket(): Socket {
  socket ??= newSocket()
  if (!socket.isConnected()) socket.connect()
  return socket
}

/** Nobody needs it for now. */
export function restSocket(): void {
  if (holders === 0) socket?.disconnect()
}

/** Keeps it open, also while nobody looks, until the answer is called. */
export function holdSocket(): () => void {
  holders += 1
  return () => (holders -= 1)
}

function newSocket(): Socket {
  const fresh = new Socket('/socket')
  document.addEventListener('turbo:submit-end', ({ target }) => {
    const action = target instanceof HTMLFormElement && URL.parse(target.action)
    if (!action || !WHO_IT_IS.test(action.pathname) || !fresh.isConnected()) return
    // It was opened by whoever the visitor was before.
    fresh.disconnect(() => fresh.connect())
  })
  return fresh
}
