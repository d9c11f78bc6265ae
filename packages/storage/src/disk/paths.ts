import { lstat, mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Where the file of a key is; nothing where there is none, or where a link leads there.
 *
 * @throws when the folder of all files is not there: then nothing is known of any.
 */
export async function findPath(directory: string, key: string): Promise<string | undefined> {
  const path = join(await realpath(directory), key)
  const found = await realpath(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR' && error.code !== 'ELOOP') throw error
  })
  return found === path ? path : undefined
}

/** The same for a file to be: makes the folders on the way. */
export async function makePath(directory: string, key: string): Promise<string> {
  await mkdir(directory, { recursive: true })
  let path = await realpath(directory)
  const segments = key.split('/')
  for (const segment of segments.slice(0, -1)) {
    path = join(path, segment)
    await makeFolder(path)
  }
  return join(path, segments.at(-1) ?? '')
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    const isFolder = (await lstat(path).catch(() => undefined))?.isDirectory() ?? false
    if (!isFolder) throw error
  }
}
