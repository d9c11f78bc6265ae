import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Work } from './subject.ts'
import { type Loaded, type Load, type Pace, type Role } from './task.ts'

/** A process with one way to do the work. */
export interface Worker {
  readonly rate: (work: Work, load: Load) => Promise<Pace>
  readonly statements: (work: Work) => Promise<number>
  readonly levels: (parents: number) => Promise<Loaded>
  readonly stop: () => void
}

/** Starts it. It ends with this one. */
export function startWorker(role: Role): Worker {
  const file = fileURLToPath(new URL('worker.ts', import.meta.url))
  const child = fork(file, { execArgv: ['--expose-gc'] })
  child.send(role)
  const ask = <T>(task: object) =>
    new Promise<T>((resolve, reject) => {
      const ended = (code: number | null) =>
        reject(new Error(`the process for ${role.kind} ended with ${code}`))
      child.once('exit', ended)
      child.once('message', ({ result, error }: { result?: T; error?: string }) => {
        child.off('exit', ended)
        if (result === undefined) reject(new Error(error))
        else resolve(result)
      })
      child.send(task)
    })
  return {
    rate: (work, load) => ask<Pace>({ task: 'work', work, ...load }),
    statements: async (work) => (await ask<{ count: number }>({ task: 'statements', work })).count,
    levels: (parents) => ask<Loaded>({ task: 'levels', parents }),
    stop: () => child.kill(),
  }
}
