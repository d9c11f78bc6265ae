import { closeSync, existsSync, openSync, readSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError } from '../errors.ts'
import { tethered, type Tethered } from '../processes/tethered.ts'
import { type Cluster } from './cluster.ts'
import { answers, localUrl } from './connection.ts'
import { type Quarters } from './quarters.ts'

/** A PostgreSQL this process started, and that ends with it. */
export interface Server {
  readonly port: number
  readonly ended: Promise<number>
  readonly stop: () => Promise<void>
}

export type Failure = 'port taken' | 'already running'

/** Recovery after a crash replays what was written since the last checkpoint, which can take a while. */
const START_MS = 120_000
const LOG_BYTES = 10_000_000
const STOP_MS = 15_000

/** Starts PostgreSQL and waits until it answers; says why when another process is in the way. */
export async function startServer(
  quarters: Quarters,
  cluster: Cluster,
  port: number,
  settings: Readonly<Record<string, string>>,
): Promise<Server | Failure> {
  const log = openLog(quarters.folder)
  const child = tethered('INT', commandLine(quarters, cluster, port, settings), {
    ...quarters.runner.identity,
    cwd: '/',
    output: log.descriptor,
  })
  closeSync(log.descriptor)
  let over = false
  const ended = child.ended.finally(() => {
    over = true
  })
  const failure = await answers(localUrl(cluster.password, port, 'postgres'), START_MS, () => over)
  if (!over && !failure) return { port, ended, stop: () => stop(child) }
  await stop(child)
  return explain(log.written(), failure)
}

function commandLine(
  { home, runner }: Quarters,
  { data }: Cluster,
  port: number,
  settings: Readonly<Record<string, string>>,
): string[] {
  const all = { port: String(port), ...SETTINGS, ...settings }
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return [...runner.prefix, join(home, 'bin/postgres'), '-D', data, ...options]
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  // The usual folder for sockets may be missing or closed to us, and nothing here uses one.
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Compiling a query takes longer than any query of ours.
  jit: 'off',
}

async function stop(child: Tethered): Promise<void> {
  child.release()
  const impatience = setTimeout(child.kill, STOP_MS)
  await child.ended.finally(() => clearTimeout(impatience))
}

function openLog(folder: string) {
  const file = join(folder, 'log')
  if (existsSync(file) && statSync(file).size > LOG_BYTES) renameSync(file, `${file}.old`)
  const descriptor = openSync(file, 'a', 0o600)
  const before = statSync(file).size
  return { descriptor, written: () => readFrom(file, before) }
}

function readFrom(file: string, position: number): string {
  const descriptor = openSync(file, 'r')
  const buffer = Buffer.alloc(64 * 1024)
  const length = readSync(descriptor, buffer, 0, buffer.length, position)
  closeSync(descriptor)
  return buffer.toString('utf8', 0, length)
}

function explain(log: string, failure: Error | undefined): Failure {
  if (/could not bind .*Address already in use/.test(log)) return 'port taken'
  if (/lock file "postmaster.pid" already exists|pre-existing shared memory block/.test(log)) {
    return 'already running'
  }
  const said = log.split('\n').filter((line) => /FATAL|PANIC|ERROR|DETAIL|HINT/.test(line))
  throw new CommandError(
    `PostgreSQL did not start. ${said.join('\n') || log.trim() || (failure?.message ?? '')}`,
  )
}
