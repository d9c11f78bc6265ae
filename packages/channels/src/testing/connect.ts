import { AssertionError } from 'node:assert'
import { type ConnectRequest } from '../connect.ts'
import { type Sockets } from '../sockets.ts'
import { MemoryOutlet } from './memory-outlet.ts'
import { TestClient } from './test-client.ts'

/** Who connects: any part of what `connect` is asked with. */
export type ConnectOptions = Partial<ConnectRequest>

/**
 * A client of these sockets, without a network: what it sends is read, and what it gets was encoded, as it is for others.
 * Throws when `connect` does not let it in.
 */
export async function connect(sockets: Sockets, options: ConnectOptions = {}): Promise<TestClient> {
  const admitted = await sockets.admit({
    authToken: undefined,
    cookie: undefined,
    peer: { address: '127.0.0.1', port: 0 },
    url: new URL('http://localhost/socket/websocket'),
    userAgent: undefined,
    headers: {},
    ...options,
    params: { vsn: '2.0.0', ...options.params },
  })
  if ('kind' in admitted) {
    throw new AssertionError({
      message: `\`connect\` did not let the client in: ${admitted.status} ${admitted.reason}`,
    })
  }
  const outlet = new MemoryOutlet()
  return new TestClient(sockets, sockets.open(admitted, outlet), outlet)
}
