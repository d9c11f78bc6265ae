import { execFileSync } from 'node:child_process'
import { UsageError } from '../../errors.ts'

/** What a process has open besides connections. */
const RESERVE = 100

/** Each connection is a file to the process of the server, and one to that of the clients. Throws a `UsageError`. */
export function checkOpenFiles(connections: number, limit = openFiles()): void {
  if (connections + RESERVE <= limit) return
  throw new UsageError(
    `${connections} connections need ${connections + RESERVE} open files in one process, and ${limit} are allowed here ` +
      `(\`ulimit -Hn\`). Have it raised, or give --connections ${limit - RESERVE}.`,
  )
}

/** Node raises its own limit as far as it may when it starts. Without a shell to ask, there is no such limit. */
function openFiles(): number {
  try {
    const answer = execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).trim()
    return answer === 'unlimited' ? Infinity : Number(answer)
  } catch {
    return Infinity
  }
}
