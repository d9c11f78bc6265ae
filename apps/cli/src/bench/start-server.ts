import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Role } from './server.ts'

export interface BenchServer {
  readonly url: string
  readonly stop: () => void
}

/** Starts a process that answers in this role, and waits until it listens. It ends with this one. */
export async function startServer(role: Role): Promise<BenchServer> {
  const child = fork(fileURLToPath(new URL('server.ts', import.meta.url)))
  child.send(role)
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', ({ port }: { port: number }) => resolve(port))
    child.once('exit', (code) => reject(new Error(`the ${role.kind} server ended with ${code}`)))
  })

  return { url: `http://127.0.0.1:${port}`, stop: () => child.kill() }
}
