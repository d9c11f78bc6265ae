import { type SpawnSyncOptions, spawnSync } from 'node:child_process'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { errorCode } from '../errors.ts'

/** As whom PostgreSQL runs: it refuses root, and anybody without a name in the system's list of users. */
export interface Runner {
  /** Put before the command. */
  readonly prefix: readonly string[]
  /** The user to switch to; undefined to stay who we are. */
  readonly identity: { readonly uid: number; readonly gid: number } | undefined
}

/** PostgreSQL looks its user up by number, and must reach its programs and its folder. */
const CAN_RUN = 'test -x "$1" && cd "$2" && id -un'

/** Somebody who may run the PostgreSQL in `home` with files in `folder`; undefined when nobody may. */
export function findRunner(home: string, folder: string): Runner | undefined {
  return candidates().find(({ prefix, identity }) => {
    const probe = ['sh', '-c', CAN_RUN, 'sh', join(home, 'bin/postgres'), folder]
    return runs([...prefix, ...probe], { ...identity })
  })
}

function candidates(): Runner[] {
  const { uid } = process.getuid === undefined ? { uid: -1 } : { uid: process.getuid() }
  const nobody = { uid: idOf('-u'), gid: idOf('-g') }
  // In a user namespace of its own a process of root's believes that it is nobody, and still reads root's files.
  const disguised: Runner = {
    prefix: ['unshare', '--user', `--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`, '--'],
    identity: undefined,
  }
  if (uid === 0) return [{ prefix: [], identity: nobody }, disguised]
  return hasName() ? [{ prefix: [], identity: undefined }] : [disguised]
}

function idOf(flag: '-u' | '-g'): number {
  const { stdout } = spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' })
  return Number.parseInt(stdout, 10) || 65_534
}

function hasName(): boolean {
  try {
    return userInfo().username !== ''
  } catch (error) {
    if (errorCode(error) === 'ERR_SYSTEM_ERROR') return false
    throw error
  }
}

function runs([command = '', ...args]: readonly string[], options: SpawnSyncOptions): boolean {
  return spawnSync(command, args, { ...options, cwd: '/', stdio: 'ignore' }).status === 0
}
