import { createHash } from 'node:crypto'
import { type IncomingHttpHeaders } from 'node:http'
import { Refusal } from './fake-refusal.ts'

export interface FakeObject {
  readonly body: Buffer
  /** With quotes. */
  readonly etag: string
  readonly modifiedAt: Date
  /** What was said of it when it came, and is said again with it. */
  readonly headers: Readonly<Record<string, string>>
}

/** A large file on its way. */
export interface FakeUpload {
  readonly headers: IncomingHttpHeaders
  readonly parts: Map<number, Buffer>
}

export interface Bucket {
  readonly objects: Map<string, FakeObject>
  readonly uploads: Map<string, FakeUpload>
  readonly objectOf: (body: Buffer, headers: IncomingHttpHeaders) => FakeObject
}

export function newBucket(): Bucket {
  return { objects: new Map(), uploads: new Map(), objectOf }
}

export function etagOf(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`
}

function objectOf(body: Buffer, headers: IncomingHttpHeaders): FakeObject {
  if (String(headers['content-encoding']).includes('aws-chunked')) {
    throw new Refusal({ status: 501, code: 'NotImplemented' })
  }
  const kept = Object.entries(headers).filter(([name]) =>
    /^(content-(type|disposition)|cache-control)$|^x-amz-meta-/.test(name),
  )
  const said = Object.fromEntries(kept.map(([name, value]) => [name, String(value)]))
  return { body, etag: etagOf(body), modifiedAt: new Date(), headers: said }
}
