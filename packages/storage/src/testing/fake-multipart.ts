import { randomUUID } from 'node:crypto'
import { type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer, text } from 'node:stream/consumers'
import { type Bucket, etagOf, type FakeUpload } from './fake-bucket.ts'
import { Refusal } from './fake-refusal.ts'

const SMALLEST_PART = 5 * 1024 * 1024

interface Exchange {
  readonly key: string
  readonly searchParams: URLSearchParams
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** A large file comes in parts: it is begun, each part is put, and it is completed or given up. */
export async function answerMultipart(bucket: Bucket, exchange: Exchange): Promise<void> {
  const { searchParams, request, response } = exchange
  if (searchParams.has('uploads')) return begin(bucket, exchange)
  const id = searchParams.get('uploadId') ?? ''
  const upload = bucket.uploads.get(id)
  if (!upload) throw new Refusal({ status: 404, code: 'NoSuchUpload' })
  if (request.method === 'PUT') {
    const part = await buffer(request)
    upload.parts.set(Number(searchParams.get('partNumber')), part)
    response.writeHead(200, { etag: etagOf(part) }).end()
    return
  }
  if (request.method === 'POST') return complete(bucket, id, upload, exchange)
  if (request.method === 'GET') return list(upload, exchange)
  bucket.uploads.delete(id)
  response.writeHead(204).end()
}

function begin({ uploads }: Bucket, { request, response }: Exchange): void {
  const id = randomUUID()
  uploads.set(id, { headers: request.headers, parts: new Map() })
  const name = 'InitiateMultipartUploadResult'
  response.end(`<?xml version="1.0"?><${name}><UploadId>${id}</UploadId></${name}>`)
}

function list({ parts }: FakeUpload, { response }: Exchange): void {
  const listed = [...parts].map(
    ([number, part]) =>
      `<Part><PartNumber>${number}</PartNumber><ETag>${etagOf(part)}</ETag><Size>${part.length}</Size></Part>`,
  )
  const name = 'ListPartsResult'
  const said = `<IsTruncated>false</IsTruncated>${listed.join('')}`
  response.end(`<?xml version="1.0"?><${name}>${said}</${name}>`)
}

async function complete(
  bucket: Bucket,
  id: string,
  { headers, parts }: FakeUpload,
  { key, request, response }: Exchange,
): Promise<void> {
  const asked = [...(await text(request)).matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)]
  const bodies = asked.map(([, number]) => parts.get(Number(number)))
  if (bodies.includes(undefined)) throw new Refusal({ status: 400, code: 'InvalidPart' })
  const whole = bodies.flatMap((body) => body ?? [])
  if (whole.slice(0, -1).some(({ length }) => length < SMALLEST_PART)) {
    throw new Refusal({ status: 400, code: 'EntityTooSmall' })
  }
  const object = bucket.objectOf(Buffer.concat(whole), headers)
  const etag = object.etag.replace(/"$/, `-${whole.length}"`)
  bucket.objects.set(key, { ...object, etag })
  bucket.uploads.delete(id)
  const name = 'CompleteMultipartUploadResult'
  response.end(`<?xml version="1.0"?><${name}><ETag>${etag}</ETag></${name}>`)
}
