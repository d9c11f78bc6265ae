import { type z } from 'zod'
import { type Meta } from '@showrunner/presence'
import { ChannelError } from './errors.ts'
import { type Payload } from './serializers/message.ts'

/** An event that clients push: what it carries, and what it is answered with, if it is. */
export interface Incoming {
  readonly payload: z.ZodType
  readonly reply?: z.ZodType<Payload, Payload>
}

/** What is said about a channel, by which its handlers and its clients are typed, and what clients send is checked. */
export interface Declaration {
  /** `room:lobby`, or `room:*` for all that begin so. */
  readonly topic: string
  /** What a client joins with. */
  readonly params?: z.ZodType
  /** What it is told when it joined. */
  readonly joined?: z.ZodType<Payload, Payload>
  /** What clients push. */
  readonly in?: Readonly<Record<string, Incoming>>
  /** What clients are told. */
  readonly out?: Readonly<Record<string, z.ZodType<Payload, Payload>>>
  /** What is known of each who is here. With it clients get `presence_state` and `presence_diff`. */
  readonly presence?: z.ZodType<Meta, Meta>
  /** How many of its last broadcasts each topic keeps for clients that come back. */
  readonly replay?: number
}

/** A declaration of which nothing more is known. */
export interface AnyDeclaration extends Declaration {
  readonly in: Readonly<Record<string, Incoming>>
  readonly out: Readonly<Record<string, z.ZodType<Payload, Payload>>>
  readonly joined: z.ZodType<Payload, Payload>
  readonly presence: z.ZodType<Meta, Meta>
}

export type ParamsOf<D extends Declaration> = D['params'] extends z.ZodType
  ? z.output<D['params']>
  : unknown
export type JoinedOf<D extends Declaration> =
  D['joined'] extends z.ZodType<Payload, Payload> ? z.input<D['joined']> : Record<string, never>
export type MetaOf<D extends Declaration> = D['presence'] extends z.ZodType
  ? z.input<D['presence']>
  : never

/** The events clients push. */
export type InEvent<D extends Declaration> = D['in'] extends object ? keyof D['in'] & string : never
/** The events clients are told. */
export type OutEvent<D extends Declaration> = D['out'] extends object
  ? keyof D['out'] & string
  : never
type InOf<D extends Declaration, E extends string> =
  D['in'] extends Readonly<Record<E, infer Declared>> ? Declared : never

/** What a handler is given: what the client sent, as the schema made it. */
export type InPayload<D extends Declaration, E extends InEvent<D>> =
  InOf<D, E> extends {
    payload: infer P extends z.ZodType
  }
    ? z.output<P>
    : never
/** What a client may send. */
export type SentPayload<D extends Declaration, E extends InEvent<D>> =
  InOf<D, E> extends {
    payload: infer P extends z.ZodType
  }
    ? z.input<P>
    : never
export type ReplyOf<D extends Declaration, E extends InEvent<D>> =
  InOf<D, E> extends {
    reply: infer R extends z.ZodType<Payload, Payload>
  }
    ? z.input<R>
    : void
export type OutPayload<D extends Declaration, E extends OutEvent<D>> =
  D['out'] extends Readonly<Record<E, infer Schema extends z.ZodType<Payload, Payload>>>
    ? z.input<Schema>
    : never

const RESERVED = /^(phx_|chan_reply_)/
const OF_PRESENCE = /^presence_(state|diff)$/

/** A name that is misspelled is no property that is left out. */
type Only<D> = Readonly<Record<Exclude<keyof D, keyof Declaration>, never>>

/**
 * Declares a channel. Throws a `ChannelError` for a topic or an event that cannot be: `phx_…` belongs to the protocol, and
 * `*` stands at the end.
 */
export function defineChannel<const D extends Declaration>(declaration: D & Only<D>): D {
  const { topic, in: incoming = {}, out = {}, replay } = declaration
  if (topic === '' || topic.startsWith('phx_') || topic.slice(0, -1).includes('*')) {
    throw new ChannelError(`expected a topic like "room:lobby" or "room:*", got: "${topic}"`)
  }
  for (const event of [...Object.keys(incoming), ...Object.keys(out)]) {
    if (RESERVED.test(event) || (declaration.presence && OF_PRESENCE.test(event))) {
      throw new ChannelError(`"${event}" on "${topic}" is an event of the protocol`)
    }
  }
  if (replay !== undefined && (!Number.isInteger(replay) || replay < 1)) {
    throw new ChannelError(`expected replay of "${topic}" to be 1 or more messages, got: ${replay}`)
  }
  return declaration
}

/** Whether a topic is one of a declaration: it is the same, or begins with what stands before `*`. */
export function topicMatches(pattern: string, topic: string): boolean {
  return pattern.endsWith('*') ? topic.startsWith(pattern.slice(0, -1)) : topic === pattern
}
