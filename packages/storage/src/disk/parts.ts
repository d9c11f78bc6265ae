import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import {
  type FileHandle,
  lstat,
  mkdir,
  open,
  readdir,
  realpath,
  rm,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable } from 'node:stream'
import { type Version, versionOf } from './version.ts'

/** No key begins with a dot, so what is in here is nobody's file yet. */
const FOLDER = '.parts'
const DAY_MS = 86_400_000
/** Enough that no two files ever have the same. */
const HASH_DIGITS = 32

/** A file that is written and safe on the disk, but has no key yet. */
export interface Part extends Version {
  readonly path: string
  readonly hash: string
}

export async function writePart(directory: string, source: string | Readable): Promise<Part> {
  const folder = join(await realpath(directory), FOLDER)
  await mkdir(folder, { recursive: true })
  await removeOld(folder)
  const path = join(folder, randomUUID())
  const file = await open(path, 'wx')
  try {
    const hash = await copyInto(file, source)
    await file.utimes(new Date(), aMomentAgo())
    await file.sync()
    return { path, hash, ...versionOf(await file.stat({ bigint: true })) }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
}

async function copyInto(file: FileHandle, source: string | Readable): Promise<string> {
  const hash = createHash('sha256')
  async function* hashed() {
    for await (const chunk of typeof source === 'string' ? createReadStream(source) : source) {
      hash.update(chunk as Buffer)
      yield chunk as Buffer
    }
  }
  await writeFile(file, hashed())
  return hash.digest('hex').slice(0, HASH_DIGITS)
}

/**
 * The time of a file tells it from others that had its path, but a clock of files ticks a few times in a hundredth of a
 * second only. So it says at random when in the last second the file was written.
 */
function aMomentAgo(): number {
  return Date.now() / 1000 - Math.random()
}

/** What was renamed in it stays renamed, even if the power fails now. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** A process that was killed leaves a part behind. */
async function removeOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const age = Date.now() - ((await lstat(path).catch(() => undefined))?.mtimeMs ?? Infinity)
    if (age > DAY_MS) await rm(path, { force: true })
  }
}
