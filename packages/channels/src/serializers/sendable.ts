import { FrameError } from '../errors.ts'
import { encodeBroadcast } from './binary.ts'
import { isPayload, type Payload } from './message.ts'

/** JSON of what a client is sent, which is something with names in it. Throws a `FrameError` for anything else. */
export function assertPayload(event: string, payload: unknown): asserts payload is Payload {
  if (isPayload(payload)) return
  throw new FrameError(
    `"${event}" carries something with names in it or bytes, such as { text: 'Hello' }, and got ${Array.isArray(payload) ? 'a list' : String(payload)}`,
  )
}

/** Throws for what makes no frame, whoever is there to be sent it. */
export function assertSendable(topic: string, event: string, payload: Payload): void {
  assertPayload(event, payload)
  if (payload instanceof Uint8Array) encodeBroadcast(topic, event, NO_BYTES)
  else JSON.stringify(payload)
}

const NO_BYTES = new Uint8Array()
