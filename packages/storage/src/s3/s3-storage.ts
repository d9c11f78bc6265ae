import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { type S3Client } from '@aws-sdk/client-s3'
import { type StorageAction, StorageError } from '../errors.ts'
import { fetchFile } from '../fetch-file.ts'
import { checkKey } from '../keys.ts'
import { type About, type ByteRange, type Opened, type Storage, type Stored } from '../storage.ts'
import { isMissing, reasonOf, statusOf } from './failures.ts'
import { type Answer, metadataOf, storedIn } from './metadata.ts'

export interface S3Options {
  /** Where it is, if not at Amazon: `https://s3.eu-central-003.backblazeb2.com`. */
  readonly endpoint?: string | undefined
  readonly region: string
  readonly bucket: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** `https://host/bucket/key` rather than `https://bucket.host/key`. */
  readonly forcePathStyle?: boolean | undefined
  /** Stands before every key in the bucket, with a slash between. */
  readonly prefix?: string | undefined
}

/** Pieces of a large file: the smallest that S3 takes is 5 MiB, the most 10,000 of them. */
const PART_BYTES = 8 * 1024 * 1024
const PARTS_AT_ONCE = 4
const CONNECT_MS = 3_000
// Everybody who listens to a file holds one, and the default of 50 would let the next one wait for them.
const CONNECTIONS = 2_000

/** Files in a bucket of S3, or of what speaks its protocol. */
export function s3Storage(options: S3Options): Storage {
  const bucket = connected(options)
  const open = (key: string, range?: ByteRange) =>
    bucket('open', key, (place) => openInBucket(place, key, range))
  return {
    put: (key, source, about) =>
      bucket('put', key, (place) => putInBucket(place, key, source, about)),
    open,
    head: (key) => bucket('head', key, (place) => headInBucket(place, key)),
    remove: (key) => bucket('remove', key, removeFromBucket),
    fetch: (key, path) => fetchFile(open, key, path),
  }
}

/** An object in a bucket, and who asks for it. */
interface Place {
  readonly client: S3Client
  readonly object: { readonly Bucket: string; readonly Key: string }
}

type Work<T> = (place: Place) => Promise<T>

async function putInBucket(
  { client, object }: Place,
  key: string,
  source: string | Readable,
  about: About,
): Promise<Stored> {
  const { Upload } = await import('@aws-sdk/lib-storage')
  const stream = typeof source === 'string' ? createReadStream(source) : source
  const params = { ...object, ...metadataOf(about), Body: stream }
  await new Upload({ client, params, partSize: PART_BYTES, queueSize: PARTS_AT_ONCE }).done()
  const stored = await headInBucket({ client, object }, key)
  if (!stored) throw new StorageError('put', key, 'it was gone as soon as it was there.')
  return stored
}

async function headInBucket({ client, object }: Place, key: string): Promise<Stored | undefined> {
  const { HeadObjectCommand } = await import('@aws-sdk/client-s3')
  const answer = await client.send(new HeadObjectCommand(object)).catch(unlessMissing)
  return answer && storedIn(key, answer)
}

async function openInBucket(
  { client, object }: Place,
  key: string,
  range: ByteRange | undefined,
): Promise<Opened | undefined> {
  if (range) checkRange(key, range)
  const { GetObjectCommand } = await import('@aws-sdk/client-s3')
  const Range = range && `bytes=${range.start}-${range.end ?? ''}`
  const answer = await client.send(new GetObjectCommand({ ...object, Range })).catch(unlessMissing)
  if (!answer) return undefined
  if (!(answer.Body instanceof Readable)) throw new StorageError('open', key, 'no bytes came.')
  return { stream: answer.Body, ...whatCame(key, answer, range) }
}

function whatCame(
  key: string,
  answer: Answer,
  asked: ByteRange | undefined,
): Pick<Opened, 'stored' | 'range'> {
  const stored = storedIn(key, answer)
  if (!asked) return { stored, range: undefined }
  const [, start = '', end = '', bytes = ''] =
    /^bytes (\d+)-(\d+)\/(\d+)$/.exec(answer.ContentRange ?? '') ?? []
  if (end === '') throw new StorageError('open', key, 'the whole file came instead of a range.')
  return {
    stored: { ...stored, bytes: Number(bytes) },
    range: { start: Number(start), end: Number(end) },
  }
}

/** S3 answers a range that ends before it begins with the whole file. */
function checkRange(key: string, { start, end = Infinity }: ByteRange): void {
  if (start >= 0 && start <= end) return
  throw new StorageError('open', key, `there is no byte from ${start} to ${end}.`, { status: 416 })
}

async function removeFromBucket({ client, object }: Place): Promise<void> {
  const { DeleteObjectCommand } = await import('@aws-sdk/client-s3')
  await client.send(new DeleteObjectCommand(object))
}

function unlessMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error
}

/** Does the work in the bucket; what fails says why, and repeats no credentials. */
function connected(options: S3Options) {
  const { bucket, prefix, accessKeyId, secretAccessKey } = options
  const folder = prefix === undefined ? '' : `${prefix.replace(/^\/+|\/+$/g, '')}/`
  let client: Promise<S3Client> | undefined
  return async <T>(action: StorageAction, key: string, work: Work<T>): Promise<T> => {
    checkKey(action, key)
    try {
      client ??= connect(options)
      return await work({ client: await client, object: { Bucket: bucket, Key: folder + key } })
    } catch (error) {
      if (error instanceof StorageError) throw error
      const reason = reasonOf(error, [accessKeyId, secretAccessKey])
      // Not the error itself as the cause: it holds the request, and that is signed.
      throw new StorageError(action, key, reason, { status: statusOf(error) })
    }
  }
}

// The client is large, so only a program that uses it loads it.
async function connect(options: S3Options): Promise<S3Client> {
  const { endpoint, region, accessKeyId, secretAccessKey, forcePathStyle = false } = options
  const agent = { keepAlive: true, maxSockets: CONNECTIONS }
  const { S3Client } = await import('@aws-sdk/client-s3')
  return new S3Client({
    ...(endpoint === undefined ? {} : { endpoint }),
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle,
    // Others that speak the protocol know no checksums at the end of a body.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECT_MS, httpAgent: agent, httpsAgent: agent },
  })
}
