import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { diskStorage, type S3Options, s3Storage, type Storage } from '@showrunner/storage'
import { diskStaging, type Parts, type ReceivingStaging, s3Staging } from '@showrunner/web'
import { type Env } from '../env.ts'
import { errorMessage } from '../errors.ts'

export type StorageEnv = Pick<Env, 'DATA_DIR' | Extract<keyof Env, `STORAGE_${string}`>>

/** Where uploaded files are kept, as this environment has it: in a bucket, or in a folder. */
export function storageOf(env: StorageEnv): Storage {
  const s3 = bucketOf(env)
  return s3 ? s3Storage(s3) : diskStorage({ directory: uploadsIn(env) })
}

/** Where bytes lie that were uploaded and that nobody has looked at yet. */
export function stagingOf(env: StorageEnv): ReceivingStaging {
  const s3 = bucketOf(env)
  return s3
    ? s3Staging({ s3, storage: s3Storage(s3) })
    : diskStaging({ directory: join(env.DATA_DIR, 'staging') })
}

function bucketOf(env: StorageEnv): S3Options | undefined {
  const {
    STORAGE_S3_REGION: region,
    STORAGE_S3_BUCKET: bucket,
    STORAGE_S3_ACCESS_KEY_ID: accessKeyId,
    STORAGE_S3_SECRET_ACCESS_KEY: secretAccessKey,
  } = env
  if (!region || !bucket || !accessKeyId || !secretAccessKey) return undefined
  return {
    region,
    bucket,
    accessKeyId,
    secretAccessKey,
    endpoint: env.STORAGE_S3_ENDPOINT,
    forcePathStyle: env.STORAGE_S3_PATH_STYLE === 'on',
  }
}

/** The storage as the site has it: it gives out the files, or leads to where everybody gets them. */
export async function storageParts(
  env: StorageEnv,
): Promise<Pick<Parts, 'storage' | 'storagePublicUrl'>> {
  const { STORAGE_S3_BUCKET, STORAGE_PUBLIC_URL } = env
  if (STORAGE_S3_BUCKET === undefined) await mkdir(uploadsIn(env), { recursive: true })
  return {
    storage: storageOf(env),
    ...(STORAGE_PUBLIC_URL === undefined ? {} : { storagePublicUrl: STORAGE_PUBLIC_URL }),
  }
}

export function uploadsIn({ DATA_DIR }: Pick<Env, 'DATA_DIR'>): string {
  return join(DATA_DIR, 'uploads')
}

/** A name that nothing is under: whoever can say so can be reached. Reading tells why not, where looking does not. */
const NOBODYS = 'readyz'

/** Why the storage does not answer; undefined when it does. */
export async function whyUnreachable(
  storage: Pick<Storage, 'open'>,
  milliseconds: number,
): Promise<string | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<string>()
  const timer = setTimeout(() => resolve(`no answer in ${milliseconds / 1000} s.`), milliseconds)
  const asked = storage.open(NOBODYS).then((opened) => {
    opened?.stream.destroy()
    return undefined
  }, errorMessage)
  return Promise.race([asked, late]).finally(() => clearTimeout(timer))
}
