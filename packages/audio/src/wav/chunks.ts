import { AudioError } from '../errors.ts'
import { type OpenFile } from '../open-file.ts'

/** A piece of a WAV: its name of four letters, and where what is in it lies. */
export interface Chunk {
  readonly id: string
  readonly at: number
  readonly size: number
}

const MOST_CHUNKS = 10_000
/** A program that writes into a pipe cannot come back to fill in the length; a recorder that lost power did not. */
const UNKNOWN_SIZES = [0, 0xffffffff]

/**
 * Steps over the chunks of a WAV, RF64 or BW64 without reading what is in them.
 *
 * @throws {AudioError} where it is no WAV, or a chunk is longer than the rest of the file.
 */
export async function* chunksOf(file: OpenFile): AsyncGenerator<Chunk> {
  const header = await file.read(0, 12)
  const form = header.toString('latin1', 0, 4)
  if (!['RIFF', 'RF64', 'BW64'].includes(form) || header.toString('latin1', 8, 12) !== 'WAVE')
    throw new AudioError('unsupported', 'This is not a WAV file.')

  let at = 12
  let large = new Map<string, number>()
  for (let count = 0; at + 8 <= file.bytes; count += 1) {
    const head = await file.read(at, 8)
    const id = head.toString('latin1', 0, 4)
    if (!/^[\x20-\x7e]{4}$/.test(id)) return
    if (count === MOST_CHUNKS) throw damaged('has more parts than any recording')
    const size = sizeOf(id, head.readUInt32LE(4), large, file.bytes - at - 8)
    const chunk = { id, at: at + 8, size }
    if (id === 'ds64') large = await largeSizes(file, chunk)
    yield chunk
    at = chunk.at + size + (size % 2)
  }
}

function sizeOf(id: string, said: number, large: Map<string, number>, rest: number): number {
  const size = said === 0xffffffff ? (large.get(id) ?? said) : said
  if (id === 'data' && UNKNOWN_SIZES.includes(size)) return rest
  if (size > rest)
    throw damaged(
      `says its part “${id.trim()}” goes on after the end of the file: it was cut short`,
    )
  return size
}

/** What a file over 4 GiB says of the sizes that do not fit into 32 bits. */
async function largeSizes(file: OpenFile, chunk: Chunk): Promise<Map<string, number>> {
  const body = await file.read(chunk.at, Math.min(chunk.size, 4096))
  const sizes = new Map<string, number>()
  if (body.length < 28) throw damaged('lacks the sizes of its parts')
  sizes.set('data', Number(body.readBigUInt64LE(8)))
  for (let at = 28; at + 12 <= body.length; at += 12)
    sizes.set(body.toString('latin1', at, at + 4), Number(body.readBigUInt64LE(at + 4)))
  return sizes
}

function damaged(what: string): AudioError {
  return new AudioError('damaged', `The WAV ${what}. Export it again, then upload it again.`)
}
