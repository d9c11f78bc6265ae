import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { natsUrl, onPath } from './env.ts'

export const NO_NATS =
  'there is no NATS: set NATS_URL, or install nats-server (apt-get install nats-server) so that it is on the PATH'

export interface NatsServer {
  readonly url: string
  /** Kills it and starts it again, where it was started by the tests. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** The NATS at `NATS_URL`, or one of its own where the program is on the PATH, or undefined. */
export async function natsServer(): Promise<NatsServer | undefined> {
  const url = natsUrl()
  if (url !== undefined)
    return { url, restart: () => Promise.reject(new Error('not ours')), stop: async () => {} }
  const program = onPath('nats-server')
  return program === undefined ? undefined : ownServer(program)
}

export function mayRestart(): boolean {
  return natsUrl() === undefined && onPath('nats-server') !== undefined
}

async function ownServer(program: string): Promise<NatsServer> {
  const port = await freePort()
  let child = await started(program, port)
  const stop = async () => {
    if (child.exitCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  return {
    url: `nats://127.0.0.1:${port}`,
    stop,
    restart: async () => {
      await stop()
      child = await started(program, port)
    },
  }
}

async function started(program: string, port: number): Promise<ChildProcess> {
  const child = spawn(program, ['-a', '127.0.0.1', '-p', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  process.once('exit', () => child.kill('SIGKILL'))
  let said = ''
  for await (const words of child.stderr) {
    said += String(words)
    if (said.includes('Server is ready')) break
  }
  if (!said.includes('Server is ready')) throw new Error(`nats-server did not start: ${said}`)
  return child
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
