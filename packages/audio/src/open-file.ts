import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { AudioError } from './errors.ts'

/** A file being read in pieces. */
export interface OpenFile {
  readonly bytes: number
  /** What lies from `at` on: `length` bytes, fewer where the file ends. */
  readonly read: (at: number, length: number) => Promise<Buffer>
}

/**
 * Opens a file for as long as `work` lasts. Every read first asks the signal.
 *
 * @throws {AudioError} where the file is empty, or no file at all (a folder, a pipe).
 */
export async function withFile<T>(
  path: string,
  signal: AbortSignal | undefined,
  work: (file: OpenFile) => Promise<T>,
): Promise<T> {
  // Without O_NONBLOCK, opening a pipe would wait for somebody to write into it.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) throw new AudioError('not-audio', 'This is not a file.')
    if (stat.size === 0)
      throw new AudioError('empty', 'The file is empty. Export it again, then upload it again.')

    const read = async (at: number, length: number): Promise<Buffer> => {
      signal?.throwIfAborted()
      const buffer = Buffer.alloc(Math.max(0, Math.min(length, stat.size - at)))
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, at)
      return buffer.subarray(0, bytesRead)
    }
    return await work({ bytes: stat.size, read })
  } finally {
    await handle.close()
  }
}
