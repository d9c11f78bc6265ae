import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Busy, type Question, type Role } from './server.ts'

export interface BenchServer {
  readonly url: string
  readonly ask: (question: Question) => Promise<Busy>
  readonly stop: () => void
}

/** Starts a process that answers in this role, and waits until it listens. It ends with this one. */
export async function startServer(role: Role): Promise<BenchServer> {
  const file = fileURLToPath(new URL('server.ts', import.meta.url))
  const child = fork(file, { execArgv: ['--expose-gc'] })
  child.send(role)
  const next = <Answer>(): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const ended = (code: number | null) =>
        reject(new Error(`the ${role.kind} server ended with ${code}`))
      child.once('exit', ended)
      child.once('message', (answer: Answer) => {
        child.off('exit', ended)
        resolve(answer)
      })
    })
  const { port } = await next<{ port: number }>()

  return {
    url: `http://127.0.0.1:${port}`,
    ask: (question) => {
      child.send(question)
      return next<Busy>()
    },
    stop: () => child.kill(),
  }
}
