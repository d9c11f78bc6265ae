import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { it } from 'node:test'
import { watchUnspoken } from './unspoken.ts'

it('a server ends without waiting for connections on which nothing was asked', async (t) => {
  const server = createServer((_request, response) => void response.end('here'))
  const endUnspoken = watchUnspoken(server)
  t.after(() => server.closeAllConnections())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const [ready, asking] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')]
  await Promise.all([once(ready, 'connect'), once(asking, 'connect')])
  asking.write('GET / HTTP/1.1\r\nHost: here\r\n\r\n')
  const [answer] = (await once(asking, 'data')) as [Buffer]

  const closed = once(server, 'close')
  server.close()
  endUnspoken()
  await Promise.all([closed, once(ready, 'close')])

  assert.match(answer.toString(), /200 OK[^]*here/)
})
