import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { freePort } from './free-port.ts'

async function squat(t: TestContext, host: string): Promise<number> {
  const server = createServer().listen(0, host)
  t.after(() => server.close())
  await once(server, 'listening')
  // It listens, so it has an address and a port.
  return (server.address() as AddressInfo).port
}

describe('freePort', () => {
  it('is the next one when the one asked for is taken', async (t) => {
    const taken = await squat(t, '127.0.0.1')

    assert.ok((await freePort('127.0.0.1', taken)) > taken)
  })

  it('keeps away from a port that is taken on one of the two addresses of localhost', async (t) => {
    const taken = await squat(t, '127.0.0.1')

    assert.notEqual(await freePort('localhost', taken), taken)
  })
})
