import { type Listener } from '@showrunner/pubsub'
import { type Answer, type Later, type Refusal, type Welcome } from './answers.ts'
import {
  type AnyDeclaration,
  type Declaration,
  type InEvent,
  type InPayload,
  type JoinedOf,
  type MetaOf,
  type OutEvent,
  type OutPayload,
  type ParamsOf,
  type ReplyOf,
} from './declaration.ts'

/**
 * One client in one topic, for as long as it is there. What is sent to it, by clients and by those it listens to, is handled
 * one after the other: a handler that waits makes its own channel wait, and no other.
 */
export interface Channel<
  D extends Declaration = AnyDeclaration,
  Visitor = unknown,
  State = unknown,
> {
  /** No other channel has it, on any node: whose a presence is, for instance. */
  readonly id: string
  readonly topic: string
  /** Who it is, as `connect` found. */
  readonly visitor: Visitor
  /** What `join` gave it to remember. It may be changed. */
  state: State

  /** To this client. Nothing once the channel has ended. */
  push<E extends OutEvent<D>>(event: E, payload: OutPayload<D, E>): void
  /** To everybody in the topic, on every node. */
  broadcast<E extends OutEvent<D>>(event: E, payload: OutPayload<D, E>): void
  /** To everybody but this client. */
  broadcastFrom<E extends OutEvent<D>>(event: E, payload: OutPayload<D, E>): void
  /** To everybody in the topic who is connected to this node. */
  localBroadcast<E extends OutEvent<D>>(event: E, payload: OutPayload<D, E>): void

  /** Answers a push when the promise is done; what comes meanwhile is handled. `return channel.later(work())`. */
  later<T>(promise: Promise<T | Refusal | Answer>): Later<T>
  /**
   * Listens to any topic of the pubsub until the channel ends; the listener is called in turn with the handlers. Done when what
   * other nodes say is heard too: what is looked up after that is not older than what is heard.
   */
  listen(topic: string, listener: Listener): Promise<void>
  /** Does something in turn with the handlers, after what is waiting. Nothing once the channel has ended. */
  run(work: () => unknown): void
  /** Ends it, when what is being handled has been answered. The client does not join again by itself. */
  close(): void

  /** Here with this client as `key`; until the channel ends. For channels that declare `presence`. */
  track(key: string | number, meta: MetaOf<D>): void
  /** Says something else of who is here. */
  retrack(key: string | number, change: (meta: MetaOf<D>) => MetaOf<D>): void
  untrack(key: string | number): void
}

/**
 * Why a channel ended: the client left, joined again, is not connected any more, or was closed by the server (as it is when
 * `join` lets in somebody who was told that it took too long); or a handler failed.
 */
export type EndReason = 'left' | 'joined again' | 'disconnected' | 'closed' | 'failed'

type Maybe<T> = T | Promise<T>
type Answering<T> = Maybe<T | Refusal | Answer | Later<T>>

/** Who asks to join. */
export interface Joining<Params, Visitor> {
  readonly topic: string
  /** What `*` in the declared topic stands for: `lobby` of `room:lobby`. */
  readonly name: string
  readonly params: Params
  readonly visitor: Visitor
}

/** What a channel does. What clients may push has to be handled. */
export type Handlers<D extends Declaration, Visitor, State> = Callbacks<D, Visitor, State> & {
  readonly [In in keyof D & 'in']: InHandlers<D, Visitor, State>
}

/** What is done when clients push. What is given back is the reply, of an event that declares one. */
export type InHandlers<D extends Declaration, Visitor, State> = {
  readonly [E in InEvent<D>]: (
    payload: InPayload<D, E>,
    channel: Channel<D, Visitor, State>,
  ) => Answering<ReplyOf<D, E>>
}

/** What is done at other times. */
export interface Callbacks<D extends Declaration, Visitor, State> {
  /** Lets a client in, or not: this is where it is decided who may. */
  join(joining: Joining<ParamsOf<D>, Visitor>): Maybe<Welcome<State, JoinedOf<D>> | Refusal>
  /** Called when the client has been told that it joined. */
  joined?(channel: Channel<D, Visitor, State>): unknown
  /** Broadcasts that do not go straight to the client: what is pushed here goes to it instead. */
  readonly intercept?: {
    readonly [E in OutEvent<D>]?: (
      payload: OutPayload<D, E>,
      channel: Channel<D, Visitor, State>,
    ) => unknown
  }
  /** Called once, however it ends. */
  ended?(channel: Channel<D, Visitor, State>, reason: EndReason): unknown
}

/** A declaration and what is done. */
export interface ChannelDefinition<Visitor> {
  readonly declaration: Declaration
  readonly handlers: Handlers<AnyDeclaration, Visitor, unknown>
}

/**
 * Says what a channel does, for the visitors that `connect` makes: `const channel = channelFor<Visitor>()`, and then
 * `channel(Room, { join: …, in: … })`. `join` stands first: the state it gives is what those after it know `channel.state` to be.
 */
export function channelFor<Visitor>() {
  return <D extends Declaration, State>(
    declaration: D,
    handlers: Handlers<D, Visitor, State>,
  ): ChannelDefinition<Visitor> => ({
    declaration,
    // By which declaration a message is checked and which handler gets it is found by the same name.
    handlers: handlers as unknown as Handlers<AnyDeclaration, Visitor, unknown>,
  })
}
