import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type TestContext } from 'node:test'
import { buffer } from 'node:stream/consumers'
import { type S3Options } from '../s3/s3-storage.ts'
import { type Bucket, type FakeObject, newBucket } from './fake-bucket.ts'
import { answerMultipart } from './fake-multipart.ts'
import { Refusal, refuse } from './fake-refusal.ts'

export interface FakeS3 {
  /** For who stores. */
  readonly options: S3Options
  /** What is in the bucket, by key. */
  readonly objects: ReadonlyMap<string, FakeObject>
  /** Large files that were begun and neither completed nor given up. */
  readonly unfinished: () => number
  /** `PUT /bucket/key`, as they came. */
  readonly requests: readonly string[]
}

export interface FakeS3Options {
  /** Refuses every request, with this code of S3. */
  readonly refuses?: { readonly status: number; readonly code: string; readonly message: string }
}

const ACCESS_KEY = 'AKIAFAKEFAKEFAKE'
const BUCKET = 'podcasts'

/** A server that speaks the protocol of S3, until the test is over. */
export async function fakeS3(
  t: Pick<TestContext, 'after'>,
  { refuses }: FakeS3Options = {},
): Promise<FakeS3> {
  const bucket = newBucket()
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    const answer = refuses ? Promise.reject(new Refusal(refuses)) : talk(bucket, request, response)
    answer.catch((error: unknown) => refuse(error, request, response))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port')
  return {
    options: {
      endpoint: `http://127.0.0.1:${address.port}`,
      region: 'eu-central-1',
      bucket: BUCKET,
      accessKeyId: ACCESS_KEY,
      secretAccessKey: 's3cret-s3cret',
      forcePathStyle: true,
    },
    objects: bucket.objects,
    unfinished: () => bucket.uploads.size,
    requests,
  }
}

async function talk(
  bucket: Bucket,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  checkSignature(request)
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://fake')
  const [name, ...rest] = decodeURIComponent(pathname).slice(1).split('/')
  const key = rest.join('/')
  if (name !== BUCKET) throw new Refusal({ status: 404, code: 'NoSuchBucket' })
  if (searchParams.has('uploads') || searchParams.has('uploadId')) {
    return answerMultipart(bucket, { key, searchParams, request, response })
  }
  if (request.method === 'PUT') return put(bucket, key, request, response)
  if (request.method === 'DELETE') {
    bucket.objects.delete(key)
    response.writeHead(204).end()
    return
  }
  const object = bucket.objects.get(key)
  if (!object) throw new Refusal({ status: 404, code: 'NoSuchKey' })
  give(object, request, response)
}

/** It does not compute the signature, but nobody is let in without one, or with a key of somebody else. */
function checkSignature({ headers }: IncomingMessage): void {
  const [, credential = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=[^,]+, Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    ) ?? []
  if (signature === '') throw new Refusal({ status: 403, code: 'AccessDenied' })
  if (/^AKIAFAKEFAKEFAKE\/\d{8}\/eu-central-1\/s3\/aws4_request$/.test(credential)) return
  throw new Refusal({ status: 403, code: 'InvalidAccessKeyId' })
}

async function put(
  bucket: Bucket,
  key: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const object = bucket.objectOf(await buffer(request), request.headers)
  bucket.objects.set(key, object)
  response.writeHead(200, { etag: object.etag }).end()
}

function give(object: FakeObject, request: IncomingMessage, response: ServerResponse): void {
  const { body, etag, modifiedAt, headers } = object
  const [, from = '', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? []
  const start = Number(from)
  const end = Math.min(to === '' ? Infinity : Number(to), body.length - 1)
  if (from !== '' && start > end) throw new Refusal({ status: 416, code: 'InvalidRange' })
  const bytes = from === '' ? body : body.subarray(start, end + 1)
  response.writeHead(from === '' ? 200 : 206, {
    ...headers,
    etag,
    'last-modified': modifiedAt.toUTCString(),
    'content-length': bytes.length,
    ...(from === '' ? {} : { 'content-range': `bytes ${start}-${end}/${body.length}` }),
  })
  response.end(request.method === 'HEAD' ? undefined : bytes)
}
