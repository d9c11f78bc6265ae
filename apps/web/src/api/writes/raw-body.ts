import { type Readable } from 'node:stream'
import { type Writing } from '../operation.ts'
import { Problem } from '../problem.ts'

/** The bytes as they come. @throws Problem where there are none. */
export function bodyOf({ body }: Pick<Writing<unknown, unknown, unknown>, 'body'>): Readable {
  // Where the body is raw, nothing has read it: it is the request itself. One without a body has none.
  if (body === undefined || body === null) throw empty()
  return body as Readable
}

export function empty(): Problem {
  return new Problem('invalid', {
    detail: 'The body is empty: send the file itself.',
    faults: [{ in: 'body', name: '', detail: 'is empty' }],
  })
}

/** All of a body that is not long. @throws Problem for one that is. */
export async function wholeBody(body: Readable, mostBytes: number): Promise<Buffer> {
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
