import { type Readable } from 'node:stream'
import { Problem } from '../problem.ts'

/** All of a body that is not long. @throws Problem for one that is. */
export async function wholeText(body: Readable, mostBytes: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of body) {
    const bytes = Buffer.from(piece as Uint8Array)
    length += bytes.length
    if (length <= mostBytes) pieces.push(bytes)
  }
  if (length <= mostBytes) return Buffer.concat(pieces)
  throw new Problem('too-large', {
    detail: `It has more than the ${mostBytes / 1_000_000} MB that are taken here.`,
  })
}
