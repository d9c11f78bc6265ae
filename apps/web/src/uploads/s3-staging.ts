import { createHmac } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type S3Options, type Storage } from '@showrunner/storage'
import { type MetadataValue, S3Store } from '@tus/s3-store'
import { MemoryKvStore } from '@tus/server'
import { type ReceivingStaging } from './staging.ts'
import { workFolders } from './work-folders.ts'

export interface S3StagingOptions {
  readonly s3: Omit<S3Options, 'prefix'>
  /** The same bucket. */
  readonly storage: Storage
}

/** Bytes on their way lie in the bucket, so that any process goes on with any upload, and none needs a large disk of its own. */
export function s3Staging({ s3, storage }: S3StagingOptions): ReceivingStaging {
  const { bucket, region, endpoint, accessKeyId, secretAccessKey, forcePathStyle } = s3
  const cache = new MemoryKvStore<MetadataValue>()
  const store = new S3Store({
    cache,
    // Tags are more than many of those who speak the protocol know.
    useTags: false,
    s3ClientConfig: {
      bucket,
      region,
      credentials: { accessKeyId, secretAccessKey },
      requestChecksumCalculation: 'WHEN_REQUIRED',
      ...(endpoint !== undefined && { endpoint }),
      ...(forcePathStyle !== undefined && { forcePathStyle }),
    },
  })
  // The bucket may be open to everybody: what lies here has a name that nobody can guess.
  const storeId = (id: number) =>
    `staging/${createHmac('sha256', secretAccessKey).update(`staging ${id}`).digest('hex')}/${id}`
  const arrived = async (id: number) => {
    const whole = await storage.head(storeId(id))
    if (whole) return whole.bytes
    const found = await store.getUpload(storeId(id)).catch(() => undefined)
    return found?.offset
  }
  return {
    store,
    storeId,
    arrived,
    async fetch(id, folder) {
      const path = join(folder, 'upload')
      if (!(await storage.head(storeId(id)))) return undefined
      await storage.fetch(storeId(id), path)
      return path
    },
    async write(id, bytes) {
      const stored = await storage.put(storeId(id), bytes, { type: 'application/octet-stream' })
      return stored.bytes
    },
    async remove(id) {
      // Gives up what is not finished; of what is finished it knows nothing.
      await store.remove(storeId(id)).catch(() => undefined)
      await cache.delete(storeId(id))
      const names = ['', '.info', '.part'].map((end) => storeId(id) + end)
      await Promise.all(names.map((name) => storage.remove(name)))
    },
    ...workFolders(join(tmpdir(), 'showrunner-staging')),
  }
}
