import { type Channel, type Push } from 'phoenix'
import { type z } from 'zod'
import {
  type Declaration,
  type InEvent,
  type JoinedOf,
  type OutEvent,
  type OutPayload,
  type ReplyOf,
  type SentPayload,
} from './declaration.ts'

// Types only: a browser loads nothing of this, and what it does load is the official client.

/**
 * A channel of the official client, typed by its declaration:
 * `socket.channel('room:lobby', params) as ClientChannel<typeof Room>`.
 */
export interface ClientChannel<D extends Declaration> extends Omit<
  Channel,
  'join' | 'push' | 'on'
> {
  join(timeout?: number): ClientPush<OnClient<JoinedOf<D>>>
  push<E extends InEvent<D>>(
    event: E,
    payload: OnClient<SentPayload<D, E>> & object,
    timeout?: number,
  ): ClientPush<OnClient<ReplyOf<D, E>>>
  on<E extends OutEvent<D>>(
    event: E,
    callback: (payload: OnClient<OutPayload<D, E>>, ref?: string | null) => void,
  ): number
}

/** What a client joins with: `socket.channel('room:lobby', params satisfies ClientParams<typeof Room>)`. */
export type ClientParams<D extends Declaration> = D['params'] extends z.ZodType
  ? z.input<D['params']>
  : unknown

/** Something that was pushed. What was declared comes with `ok`; why not, with `error`. */
export interface ClientPush<Response> extends Omit<Push, 'receive'> {
  receive(status: 'ok', callback: (response: Response) => void): this
  receive(status: 'error', callback: (response: ClientError) => void): this
  receive(status: 'timeout', callback: () => void): this
  receive(status: string, callback: (response: unknown) => void): this
}

/** What a channel says that refuses. Its own words may say more. */
export interface ClientError {
  readonly reason?: string
  /** What is wrong with what was sent, and where. */
  readonly errors?: readonly { readonly path: string; readonly message: string }[]
  readonly [name: string]: unknown
}

/** Bytes are an `ArrayBuffer` in a browser. */
type OnClient<T> = T extends Uint8Array ? ArrayBuffer : T
