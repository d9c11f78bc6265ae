import { type IncomingMessage } from 'node:http'
import { type Repo } from '@showrunner/data'
import * as uploads from '@showrunner/domain/uploads'
import { type DataStore, Server } from '@tus/server'
import { addresses } from '../addresses.ts'
import { type Parts } from '../parts.ts'
import { beginningOf } from './beginning.ts'
import { type ReceivingStaging } from './staging.ts'

/** Which upload a request that was let in begins. */
const begun = new WeakMap<object, number>()

export function begins(request: IncomingMessage, id: number): void {
  begun.set(request, id)
}

/**
 * The tus protocol, over a staging. Who may do what, and with which upload, has been asked before: this only moves bytes,
 * looks at the first of them, and tells when all are there.
 */
export function tusServer({ repo, staging }: Pick<Parts, 'repo' | 'staging'>): Server {
  const { storeId } = staging
  return new Server({
    path: addresses.admin.uploads,
    datastore: lookingAtFirstBytes(repo, staging),
    relativeLocation: true,
    allowedOrigins: () => false,
    maxSize: uploads.MOST_BYTES,
    namingFunction: ({ runtime }) => {
      const id = runtime?.node && begun.get(runtime.node.req)
      if (id === undefined) throw new Error('an upload that nobody began')
      return storeId(id)
    },
    generateUrl: (_request, { id }) => addresses.admin.upload(numberOf(id)),
    getFileIdFromRequest: (_request, last) =>
      last !== undefined && /^\d+$/.test(last) ? storeId(Number(last)) : undefined,
    onUploadFinish: async (_request, { id, size = 0 }) => {
      await uploads.receivedUpload(repo, { id: numberOf(id), bytes: size })
      return {}
    },
  })
}

/** What is no recording is refused before the rest of it has come. */
function lookingAtFirstBytes(repo: Repo, staging: ReceivingStaging): DataStore {
  const { store } = staging
  const write = store.write.bind(store)
  store.write = async (bytes, id, offset) => {
    if (offset > 0) return write(bytes, id, offset)
    const upload = await uploads.findUpload(repo, numberOf(id))
    if (!upload) throw { status_code: 404, body: 'There is no such upload.' }
    const { head, whole } = await beginningOf(bytes, uploads.BEGINNING_BYTES)
    // Cut off by a bad line, a beginning may look like anything.
    const isEnough = head.length >= Math.min(uploads.BEGINNING_BYTES, upload.bytes)
    const refusal = isEnough ? await uploads.lookAtBeginning(repo, upload, head) : undefined
    if (refusal === undefined) return write(whole, id, offset)
    throw { status_code: 415, body: refusal }
  }
  return store
}

function numberOf(storeId: string): number {
  return Number(storeId.split('/').at(-1))
}
