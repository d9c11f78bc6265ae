import { randomBytes, randomInt } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { CommandError, errorCode } from '../errors.ts'
import { isAlive } from '../processes/is-alive.ts'
import { handOver, type Quarters } from './quarters.ts'

/** A folder of PostgreSQL's files, and the password of its one user, `postgres`. */
export interface Cluster {
  readonly data: string
  readonly password: string
}

/** The cluster in these quarters, made first when there is none. */
export async function ensureCluster(quarters: Quarters): Promise<Cluster> {
  const folder = join(quarters.folder, 'cluster')
  const data = join(folder, 'data')
  if (!existsSync(folder)) await makeCluster(quarters, folder)
  refuseOtherOwner(folder)
  handOver(data, quarters.runner)
  // PostgreSQL refuses a folder that others may read, as a copied or an opened-up clone has.
  chmodSync(data, 0o700)
  refuseOtherVersion(quarters, data)
  return { data, password: readFileSync(join(folder, 'password'), 'utf8') }
}

// Made beside its place and moved there when whole: half a cluster is never mistaken for one, and of two
// processes that make one at the same time the second uses the first one's.
async function makeCluster(quarters: Quarters, folder: string): Promise<void> {
  forgetHalfMade(quarters.folder)
  const work = join(quarters.folder, `making-${process.pid}-${randomInt(1_000_000)}`)
  const data = join(work, 'data')
  mkdirSync(data, { recursive: true, mode: 0o700 })
  chmodSync(work, 0o711)
  const password = randomBytes(24).toString('base64url')
  writeFileSync(join(work, 'password'), password, { mode: 0o600 })
  // initdb runs as somebody else, and reads the password from a file of its own.
  const forInitdb = join(work, 'for-initdb')
  writeFileSync(forInitdb, password, { mode: 0o600 })
  handOver(data, quarters.runner)
  handOver(forInitdb, quarters.runner)
  try {
    await initdb(quarters, data, forInitdb)
    rmSync(forInitdb)
    renameSync(work, folder)
  } catch (error) {
    if (errorCode(error) !== 'ENOTEMPTY' && errorCode(error) !== 'EEXIST') throw error
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

async function initdb(
  { home, runner }: Quarters,
  data: string,
  passwordFile: string,
): Promise<void> {
  const [command, ...args] = [
    ...runner.prefix,
    join(home, 'bin/initdb'),
    `--pgdata=${data}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    // Upper and lower case of every script, and the same order on every machine.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ]
  const child = spawn(command, args, {
    ...runner.identity,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed: string[] = []
  child.stdout.on('data', (chunk) => printed.push(String(chunk)))
  child.stderr.on('data', (chunk) => printed.push(String(chunk)))
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (code !== 0)
    throw new CommandError(`PostgreSQL could not be set up:\n${printed.join('').trim()}`)
}

function forgetHalfMade(folder: string): void {
  for (const name of readdirSync(folder)) {
    const maker = Number(/^making-(\d+)-/.exec(name)?.[1])
    if (maker && !isAlive(maker)) rmSync(join(folder, name), { recursive: true, force: true })
  }
}

function refuseOtherOwner(folder: string): void {
  const us = process.getuid?.() ?? 0
  const { uid } = statSync(folder)
  if (us === 0 || uid === us) return
  throw new CommandError(
    `The database in ${folder} belongs to user ${uid}, and this is user ${us}. ` +
      'Run as the user who made it, or set DATA_DIR to a folder of your own.',
  )
}

function refuseOtherVersion({ home }: Quarters, data: string): void {
  const made = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  const ours = /\d+/.exec(readFileSync(join(home, 'share/postgresql/postgres.bki'), 'utf8'))?.[0]
  if (made === ours) return
  throw new CommandError(
    `The database in ${data} was made by PostgreSQL ${made}, and this is PostgreSQL ${ours}. ` +
      'Go back to the version of Showrunner that made it, or move the folder away to start afresh.',
  )
}
