import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { errorCode } from '../errors.ts'
import { isAlive, isTaken } from '../processes/is-alive.ts'

/** What a running server has written about itself into its data folder. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
  readonly stopping: boolean
}

/** The server at work on these files, whoever started it; undefined when there is none. */
export function findPostmaster(data: string): Postmaster | undefined {
  const lines = readParts(pidFile(data), '\n')
  const pid = Number(lines[0])
  if (!isNumber(pid) || !worksOn(pid, data)) return undefined
  return { pid, port: Number(lines[3]), stopping: lines[7]?.startsWith('stopping') ?? false }
}

/**
 * Removes what a killed server left when its number is still taken, or again: by its own remains, which nobody
 * has buried, or, in a container, by one of the few programs that get the same numbers at every start. PostgreSQL
 * would take either for a server.
 */
export function forgetMistakenPostmaster(data: string): void {
  const pid = Number(readParts(pidFile(data), '\n')[0])
  if (isNumber(pid) && isTaken(pid) && !worksOn(pid, data)) rmSync(pidFile(data), { force: true })
}

function worksOn(pid: number, data: string): boolean {
  if (!isAlive(pid)) return false
  if (existsSync('/proc/self/cmdline'))
    return readParts(`/proc/${pid}/cmdline`, '\0').includes(data)
  const { stdout } = spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' })
  return stdout.includes(data)
}

function isNumber(pid: number): boolean {
  return Number.isInteger(pid) && pid > 0
}

function readParts(file: string, separator: string): string[] {
  try {
    return readFileSync(file, 'utf8').split(separator)
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ESRCH') return []
    throw error
  }
}

function pidFile(data: string): string {
  return join(data, 'postmaster.pid')
}
