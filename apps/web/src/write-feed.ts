import { setImmediate as others } from 'node:timers/promises'
import { type FeedDraft, feedChunks } from '@showrunner/feeds'
import { encode } from './encode.ts'

/** Items written before other requests get their turn. */
const SLICE = 25

/** A feed as it is sent. */
export async function writeFeed(draft: FeedDraft): Promise<Buffer> {
  const slices: Buffer[] = []
  let chunks: string[] = []

  for (const chunk of feedChunks(draft)) {
    chunks.push(chunk)
    if (chunks.length < SLICE) continue

    slices.push(encode(chunks.join('')))
    chunks = []
    await others()
  }

  return Buffer.concat([...slices, encode(chunks.join(''))])
}
