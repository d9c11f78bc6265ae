import { type ClientChannel, type ClientParams } from '@showrunner/channels/client'
import { type Declaration } from '@showrunner/channels'
import { Socket } from 'phoenix'

/** What is sent here makes somebody else of the visitor: signing in and out, acting for others. */
const WHO_IT_IS = /^\/(?:in|out|~)(?:\/|$)/

/** The official client, whose channels are what the server declares: that a topic is one of those is for who calls to know. */
interface LiveSocket extends Omit<Socket, 'channel'> {
  channel<D extends Declaration>(
    topic: string,
    params: (ClientParams<D> & object) | (() => ClientParams<D>),
  ): ClientChannel<D>
}

let socket: LiveSocket | undefined
let holders = 0

/** The one connection of this browser's page. It stays while Turbo goes from page to page. */
function liveSocket(): LiveSocket {
  socket ??= newSocket()
  if (!socket.isConnected()) socket.connect()
  return socket
}

/** A topic of it, as the server declares it: `liveChannel<typeof ShowChannel>(…)`. */
export function liveChannel<D extends Declaration>(
  topic: string,
  params: (ClientParams<D> & object) | (() => ClientParams<D>),
): ClientChannel<D> {
  return liveSocket().channel<D>(topic, params)
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

function newSocket(): LiveSocket {
  const fresh = new Socket('/socket')
  document.addEventListener('turbo:submit-end', ({ target }) => {
    const action = target instanceof HTMLFormElement && URL.parse(target.action)
    if (!action || !WHO_IT_IS.test(action.pathname) || !fresh.isConnected()) return
    // It was opened by whoever the visitor was before.
    fresh.disconnect(() => fresh.connect())
  })
  return fresh
}
