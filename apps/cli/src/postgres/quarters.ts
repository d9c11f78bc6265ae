import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { CommandError, errorCode, errorMessage } from '../errors.ts'
import { postgresHome } from './binaries.ts'
import { findRunner, type Runner } from './runner.ts'

/** Where PostgreSQL lives on this machine, and as whom. */
export interface Quarters {
  readonly home: string
  readonly folder: string
  readonly runner: Runner
}

/** For root's clones that only root can enter, where user namespaces are not allowed either. */
const SHELTER = '/var/lib/showrunner'

/** Makes `name` below the data folder a place where PostgreSQL can run, or finds another for it, and says so. */
export function findQuarters(
  dataDir: string,
  name: string,
  report: (line: string) => void,
): Quarters {
  const home = postgresHome()
  const folder = realpathSync(makeFolder(join(dataDir, name)))
  const runner = findRunner(home, folder)
  if (runner) return { home, folder, runner }
  if (process.getuid?.() !== 0) throw new CommandError(nameless(dataDir))
  return findShelter(home, dataDir, name, report)
}

/** Gives a file, or a folder and all in it, to whoever PostgreSQL runs as. */
export function handOver(path: string, { identity }: Runner): void {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = identity ?? { uid: 0, gid: 0 }
  if (statSync(path).uid === uid) return
  if (statSync(path).isDirectory()) {
    for (const entry of readdirSync(path, { recursive: true, encoding: 'utf8' })) {
      lchownSync(join(path, entry), uid, gid)
    }
  }
  // Last, so that a handing over cut short is done again.
  chownSync(path, uid, gid)
}

function findShelter(
  home: string,
  dataDir: string,
  name: string,
  report: (line: string) => void,
): Quarters {
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
  const folder = makeFolder(join(SHELTER, hash, name))
  const copy = copyPrograms(home)
  const runner = findRunner(copy, folder)
  if (!runner)
    throw new CommandError(`PostgreSQL may not run in ${dataDir}, nor in ${SHELTER}. ${OWN}`)
  report(
    `PostgreSQL does not run as root, and only root can enter ${dataDir}: its files are in ${folder} instead.`,
  )
  return { home: copy, folder, runner }
}

function copyPrograms(home: string): string {
  const version = createHash('sha256').update(String(statSync(join(home, 'bin/postgres')).size))
  const copy = join(SHELTER, `postgres-${version.digest('hex').slice(0, 12)}`)
  if (existsSync(copy)) return copy
  const fresh = `${copy}.${process.pid}`
  cpSync(home, fresh, { recursive: true, verbatimSymlinks: true })
  openUp(fresh)
  try {
    renameSync(fresh, copy)
  } catch (error) {
    // Another process was faster.
    if (errorCode(error) !== 'ENOTEMPTY') throw error
    rmSync(fresh, { recursive: true })
  }
  return copy
}

function openUp(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), 0o755)
  }
  chmodSync(folder, 0o755)
}

// Others may pass through but not look around, whatever the umask is.
function makeFolder(folder: string): string {
  let first
  try {
    first = mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new CommandError(`DATA_DIR cannot be written to: ${errorMessage(error)}`)
  }
  if (first === undefined) return folder
  for (let made = folder; made.length >= first.length; made = dirname(made)) chmodSync(made, 0o711)
  return folder
}

const OWN = 'Set DATABASE_URL to a PostgreSQL of yours.'

function nameless(dataDir: string): string {
  return (
    `PostgreSQL cannot run here: user ${process.getuid?.()} has no entry in /etc/passwd, or may not enter ${dataDir}. ` +
    `Give the user a name there. Or: ${OWN}`
  )
}
