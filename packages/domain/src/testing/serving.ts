import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { type TestContext } from 'node:test'

/** Serves what a test says until the test is over, and gives the full address of the path. */
export async function serving(
  t: Pick<TestContext, 'after'>,
  path: string,
  answer: RequestListener,
): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port')
  return `http://127.0.0.1:${address.port}${path}`
}
