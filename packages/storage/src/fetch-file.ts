import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { StorageError } from './errors.ts'
import { type Storage, type Stored } from './storage.ts'

/** `fetch` of every adapter. Nothing is left at the path when it fails. */
export async function fetchFile(open: Storage['open'], key: string, path: string): Promise<Stored> {
  const opened = await open(key)
  if (!opened) throw new StorageError('fetch', key, 'there is none.', { status: 404 })
  try {
    await pipeline(opened.stream, createWriteStream(path))
    return opened.stored
  } catch (error) {
    await rm(path, { force: true })
    throw new StorageError('fetch', key, error instanceof Error ? error.message : String(error))
  }
}
