import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { lstat, mkdir, open, readdir, realpath, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Version, versionOf } from './version.ts'

/** No key begins with a dot, so what is in here is nobody's file yet. */
const FOLDER = '.parts'
const DAY_MS = 86_400_000

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
  const hash = createHash('sha256')
  try {
    await pipeline(
      typeof source === 'string' ? createReadStream(source) : source,
      async function* hashed(chunks: AsyncIterable<Buffer | string>) {
        for await (const chunk of chunks) {
          hash.update(chunk)
          yield chunk
        }
      },
      createWriteStream(path, { flags: 'wx', flush: true }),
    )
    const version = versionOf(await stat(path, { bigint: true }))
    return { path, hash: hash.digest('hex').slice(0, 32), ...version }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
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
