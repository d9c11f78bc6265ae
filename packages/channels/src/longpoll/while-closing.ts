import { type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type Mount } from '../mount.ts'

/** Upon this, clients of every age begin anew, which leads them to another node. */
const BEGIN_ANEW = JSON.stringify({ status: 500, token: null, messages: [] })

/**
 * As it closes, Fastify answers in words of its own, before any hook. A client that polls finds no status in them, fails, and
 * never comes again. So the polls are answered in front of it.
 */
export function answerWhileClosing(server: Server, mount: Mount): void {
  const others = server.listeners('request')
  server.removeAllListeners('request')
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const [path = ''] = (request.url ?? '').split('?')
    if (!mount.match(path)) {
      for (const listener of others) listener.call(server, request, response)
      return
    }
    response.writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'access-control-allow-origin': '*',
      'cache-control': 'no-store',
      connection: 'close',
    })
    response.end(BEGIN_ANEW)
  })
}
