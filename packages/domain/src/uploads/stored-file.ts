import { type Readable } from 'node:stream'
import { schema, t, timestamps, type Repo, type Row } from '@showrunner/data'
import { newKey, type Storage } from '@showrunner/storage'

/** A file that an upload made. Written down before it is stored, so that none is ever forgotten in the storage. */
export const StoredFile = schema('stored_files', {
  key: t.string().primaryKey(),
  /** The file that is referred to by its address: of a picture's sizes the one in its own size, of others itself. */
  mainKey: t.string(),
  /** Since when nothing has referred to it. */
  unusedSince: t.datetime().nullable(),
  ...timestamps(),
})
export type StoredFile = Row<typeof StoredFile>

export interface StoringParts {
  readonly repo: Repo
  readonly storage: Storage
}

/** Stores a file under a new key. */
export async function storeFile(
  parts: StoringParts,
  source: string | Readable,
  about: { folder: string; extension: string; type: string; name: string },
): Promise<string> {
  const { folder, extension, type, name } = about
  const key = newKey(folder, extension)
  await storeUnder(parts, source, { key, mainKey: key, type, name })
  return key
}

export async function storeUnder(
  { repo, storage }: StoringParts,
  source: string | Readable,
  about: { key: string; mainKey: string; type: string; name?: string },
): Promise<void> {
  const { key, mainKey, ...said } = about
  await repo.insertAll(StoredFile, [{ key, mainKey }])
  await storage.put(key, source, said)
}

const UPLOADS = '/uploads/'

/** Where a file of ours is on the site. */
export function addressOf(key: string): string {
  return UPLOADS + key
}

/** The key of a file of ours; undefined for an address elsewhere. */
export function keyOf(address: string | null): string | undefined {
  return address?.startsWith(UPLOADS) ? address.slice(UPLOADS.length) : undefined
}
