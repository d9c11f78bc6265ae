import { constants, type BigIntStats } from 'node:fs'
import { lstat, open as openFile, rename, rm, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type StorageAction, StorageError } from '../errors.ts'
import { fetchFile } from '../fetch-file.ts'
import { checkKey } from '../keys.ts'
import { rangeWithin } from '../ranges.ts'
import { type About, type ByteRange, type Opened, type Storage, type Stored } from '../storage.ts'
import { findNote, noteOf, writeNote } from './notes.ts'
import { findPath, makePath } from './paths.ts'
import { syncFolder, writePart } from './parts.ts'
import { type Version, versionOf } from './version.ts'

export interface DiskOptions {
  /** Made where it is not there when the first file is put. */
  readonly directory: string
}

/**
 * Files in a folder, under their keys; also those that somebody else put there, if a key can name them. No link is
 * followed, and nothing outside of the folder is touched.
 */
export function diskStorage({ directory }: DiskOptions): Storage {
  const open = (key: string, range?: ByteRange) =>
    explained('open', key, () => openOnDisk(directory, key, range))
  return {
    put: (key, source, about) =>
      explained('put', key, () => putOnDisk(directory, key, source, about)),
    open,
    head: (key) => explained('head', key, () => headOnDisk(directory, key)),
    remove: (key) => explained('remove', key, () => removeOnDisk(directory, key)),
    fetch: (key, path) => fetchFile(open, key, path),
  }
}

async function putOnDisk(
  directory: string,
  key: string,
  source: Parameters<Storage['put']>[1],
  { type, name }: About,
): Promise<Stored> {
  const path = await makePath(directory, key)
  const part = await writePart(directory, source)
  const note = noteOf(path, part)
  try {
    const before = await lstat(path, { bigint: true }).catch(unlessMissing)
    await writeNote(note, { etag: part.hash, type, name })
    await rename(part.path, path)
    await syncFolder(dirname(path))
    const noteBefore = before && noteOf(path, versionOf(before))
    if (noteBefore && noteBefore !== note) await rm(noteBefore, { force: true })
    return { key, bytes: part.bytes, type, etag: part.hash, modifiedAt: dateOf(part), name }
  } catch (error) {
    await Promise.all([rm(part.path, { force: true }), rm(note, { force: true })])
    throw error
  }
}

async function headOnDisk(directory: string, key: string): Promise<Stored | undefined> {
  const path = await findPath(directory, key)
  if (path === undefined) return undefined
  const stats = await lstat(path, { bigint: true }).catch(unlessMissing)
  return stats && storedAt(path, key, stats)
}

async function openOnDisk(
  directory: string,
  key: string,
  range: ByteRange | undefined,
): Promise<Opened | undefined> {
  const path = await findPath(directory, key)
  if (path === undefined) return undefined
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const file = await openFile(path, flags).catch(unlessMissing)
  if (!file) return undefined
  try {
    const stored = await storedAt(path, key, await file.stat({ bigint: true }))
    const within = stored && range && rangeWithin(range, stored.bytes, ['open', key])
    if (stored) return { stream: file.createReadStream({ ...within }), stored, range: within }
  } catch (error) {
    await file.close()
    throw error
  }
  await file.close()
  return undefined
}

async function removeOnDisk(directory: string, key: string): Promise<void> {
  const path = await findPath(directory, key)
  if (path === undefined) return
  const stats = await lstat(path, { bigint: true }).catch(unlessMissing)
  if (!stats?.isFile()) return
  await unlink(path).catch(unlessMissing)
  await rm(noteOf(path, versionOf(stats)), { force: true })
  await syncFolder(dirname(path))
}

async function storedAt(
  path: string,
  key: string,
  stats: BigIntStats,
): Promise<Stored | undefined> {
  if (!stats.isFile()) return undefined
  const version = versionOf(stats)
  const about = await findNote(path, version)
  return { key, bytes: version.bytes, modifiedAt: dateOf(version), ...about }
}

function dateOf({ writtenNs }: Version): Date {
  return new Date(Number(writtenNs / 1_000_000n))
}

async function explained<T>(
  action: StorageAction,
  key: string,
  work: () => Promise<T>,
): Promise<T> {
  checkKey(action, key)
  try {
    return await work()
  } catch (error) {
    if (error instanceof StorageError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new StorageError(action, key, reason, { cause: error })
  }
}

const MISSING = new Set(['ENOENT', 'ENOTDIR', 'ELOOP'])

/** Between a look and the next one a file may be gone, or be a link. */
function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (!MISSING.has(error.code ?? '')) throw error
}
