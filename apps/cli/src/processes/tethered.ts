import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

// Its text, not its file: a command run as somebody else may be unable to read the clone.
const TETHER = readFileSync(join(import.meta.dirname, 'tether.sh'), 'utf8').replace(/^#.*\n/gm, '')

/** A child process that ends when this one does, however this one ends. */
export interface Tethered {
  readonly process: ChildProcess
  /** Sends the signal chosen at the start. */
  readonly release: () => void
  /** Ends it at once, and whatever it started. */
  readonly kill: () => void
  /** The exit code, once it has ended: 128 and more for a signal. */
  readonly ended: Promise<number>
}

/**
 * Runs a command in a session of its own, so that Ctrl-C reaches it only through us, and tied to a pipe
 * that closes with this process. Rejects `ended` only when it could not be started at all.
 */
export function tethered(
  signal: 'INT' | 'TERM' | 'KILL',
  command: readonly string[],
  options: Omit<SpawnOptions, 'stdio' | 'detached'> & { output: number | 'inherit' | 'pipe' },
): Tethered {
  const { output, ...rest } = options
  const child = spawn('sh', ['-c', TETHER, 'tether', signal, ...command], {
    ...rest,
    detached: true,
    stdio: ['pipe', output, output],
  })
  // The pipe may break before we close it: what mattered was that it ended.
  child.stdin?.on('error', () => undefined)
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => {
      child.stdin?.destroy()
      resolve(code ?? 137)
    })
  })
  return {
    process: child,
    ended,
    release: () => child.stdin?.end(),
    kill: () => {
      // Its session is a process group: the shell, the command, the command's own children.
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL')
    },
  }
}
