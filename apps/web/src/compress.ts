import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

export interface Compressed {
  readonly body: Buffer
  readonly encoding: 'br' | 'gzip' | null
}

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** Below this a header costs more than it saves. */
const WORTH_IT = 1024

/** A body as small as its reader can take it, made on a thread of its own. */
export async function compress(body: Buffer, accepted: string | undefined): Promise<Compressed> {
  if (!accepted || body.length < WORTH_IT) return { body, encoding: null }
  if (accepts(accepted, 'br')) return { body: await brotli(body, QUICK), encoding: 'br' }
  if (accepts(accepted, 'gzip')) return { body: await zip(body, { level: 6 }), encoding: 'gzip' }

  return { body, encoding: null }
}

/** Beyond this brotli is for files compressed once. */
const QUICK = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }

function accepts(accepted: string, encoding: string): boolean {
  return accepted
    .split(',')
    .map((choice) => choice.trim().split(/\s*;\s*/))
    .some(([name, weight]) => name === encoding && !/^q=0(\.0*)?$/.test(weight ?? ''))
}
