import { type Message } from '@showrunner/pubsub'

/** What a client numbers its messages with. It is opaque: given back as it came, and compared by `===`. */
export type Ref = string | number | null

/** What a client sent. Of what is in the payload nothing is known yet. */
export interface ClientMessage {
  readonly joinRef: Ref
  readonly ref: Ref
  readonly topic: string
  readonly event: string
  readonly payload: unknown
}

/** What can be sent to a client: something with names in it, or bytes. */
export type Payload = Uint8Array | { readonly [name: string]: Message | undefined }

export function isPayload(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
