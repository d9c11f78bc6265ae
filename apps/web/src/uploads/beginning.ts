import { Readable } from 'node:stream'

/** The first bytes of a stream, and the stream as if nobody had looked. */
export async function beginningOf(
  bytes: Readable,
  count: number,
): Promise<{ readonly head: Buffer; readonly whole: Readable }> {
  const pieces: Buffer[] = []
  const iterator = bytes.iterator({ destroyOnReturn: false })
  let length = 0
  while (length < count) {
    const { done, value } = await iterator.next()
    if (done === true) break
    const piece = Buffer.from(value)
    pieces.push(piece)
    length += piece.length
  }
  const head = Buffer.concat(pieces)
  async function* all(): AsyncGenerator<Buffer> {
    if (head.length > 0) yield head
    for await (const piece of iterator) yield Buffer.from(piece)
  }
  return { head: head.subarray(0, count), whole: Readable.from(all(), { objectMode: false }) }
}
