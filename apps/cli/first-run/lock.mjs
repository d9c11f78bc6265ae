import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { explainUnwritable, say } from './say.mjs'

const HEARTBEAT_MS = 2_000
const SILENT_MS = 60_000

/** Runs `work` while no other process runs work under the same lock file. */
export async function withLock(file, work) {
  makeFolder(dirname(file))
  let told = false
  while (!take(file)) {
    if (!told) say('Waiting for another showrunner that is installing …')
    told = true
    await wait(250)
  }
  const heartbeat = setInterval(() => utimesSync(file, new Date(), new Date()), HEARTBEAT_MS)
  try {
    return await work()
  } finally {
    clearInterval(heartbeat)
    rmSync(file, { force: true })
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw explainUnwritable(error, dirname(file))
  }
  if (!isStale(file)) return false
  discard(file)
  return take(file)
}

function makeFolder(folder) {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw explainUnwritable(error, folder)
  }
}

function isStale(file) {
  try {
    return !isAlive(file) || Date.now() - statSync(file).mtimeMs > SILENT_MS
  } catch (error) {
    if (error.code === 'ENOENT') return false
    throw error
  }
}

function isAlive(file) {
  const pid = Number(readFileSync(file, 'utf8'))
  // Between its creation and its first byte the file is empty: its owner is at work.
  if (!pid) return true
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
  return !isZombie(pid)
}

// Dead, but nobody has asked for its exit code: in a container without an init process that is for good.
function isZombie(pid) {
  const stat = `/proc/${pid}/stat`
  return existsSync(stat) && /^\d+ \(.*\) Z/s.test(readFileSync(stat, 'utf8'))
}

// Renamed before it is removed: of several waiting processes only one gets to discard it.
function discard(file) {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
    rmSync(aside)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}
