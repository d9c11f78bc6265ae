import { decode, encodePacked, pack, unpack } from '../codec.ts'
import { type Message } from '../pubsub.ts'

/** PostgreSQL takes notifications of less than 8000 bytes. */
const LARGEST_NOTIFICATION = 7_900

/**
 * A notification is one line that says who sent what, and the message below it: as JSON, as base64 when there are bytes
 * in it, or, when it is too large for either, the number of the row that holds it.
 */
export interface Envelope {
  readonly node: string
  readonly topic: string
  readonly body:
    { readonly as: 'json' | 'base64'; readonly text: string } | { readonly as: 'row'; id: string }
}

export interface Sealed {
  readonly notification: string
  /** What has to be in the table first. */
  readonly row?: { readonly id: string; readonly body: Uint8Array }
}

/** @param serial sets equal messages apart, of which PostgreSQL would only keep one in a transaction. */
export function seal(node: string, serial: number, topic: string, message: Message): Sealed {
  const line = (as: string) => `${JSON.stringify([node, serial, topic, as])}\n`
  const packed = pack(message)
  const plain = packed.bytes.length === 0
  if (plain && fits(line('json'), packed.json)) return { notification: line('json') + packed.json }

  const body = encodePacked(packed)
  const base64 = (length: number) => Math.ceil(length / 3) * 4
  if (!plain && Buffer.byteLength(line('base64')) + base64(body.length) <= LARGEST_NOTIFICATION) {
    return { notification: line('base64') + Buffer.from(body).toString('base64') }
  }
  const id = `${node} ${serial}`
  return { notification: line('row') + id, row: { id, body } }
}

function fits(line: string, json: string): boolean {
  return Buffer.byteLength(line) + Buffer.byteLength(json) <= LARGEST_NOTIFICATION
}

export function open(notification: string): Envelope {
  const end = notification.indexOf('\n')
  const [node, , topic, as] = JSON.parse(notification.slice(0, end)) as [
    string,
    number,
    string,
    'json' | 'base64' | 'row',
  ]
  const text = notification.slice(end + 1)
  return { node, topic, body: as === 'row' ? { as, id: text } : { as, text } }
}

export function messageIn(body: {
  readonly as: 'json' | 'base64'
  readonly text: string
}): Message {
  return body.as === 'json'
    ? unpack({ json: body.text, bytes: [] })
    : decode(Buffer.from(body.text, 'base64'))
}
