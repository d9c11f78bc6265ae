import { type Payload } from './serializers/message.ts'

// What a handler answers with is data, in which any name may occur. A symbol does not.
const KIND = Symbol('kind')

/** How `join` lets a client in. */
export interface Welcome<State, Response> {
  readonly [KIND]: 'welcome'
  readonly state: State
  readonly response: Response
}

/** How `join` and handlers say no. The client gets it as an `error`. */
export interface Refusal {
  readonly [KIND]: 'refusal'
  readonly response: Payload
}

/** An answer with a status of its own. */
export interface Answer {
  readonly [KIND]: 'answer'
  readonly status: string
  readonly response: Payload
}

/** The answer comes when the promise is done. */
export interface Later<T> {
  readonly [KIND]: 'later'
  readonly promise: Promise<T | Refusal | Answer>
}

export function welcome(): Welcome<undefined, Record<string, never>>
export function welcome<State>(given: { state: State }): Welcome<State, Record<string, never>>
export function welcome<Response extends Payload>(given: {
  response: Response
}): Welcome<undefined, Response>
export function welcome<State, Response extends Payload>(given: {
  state: State
  response: Response
}): Welcome<State, Response>
export function welcome(given: { state?: unknown; response?: Payload } = {}) {
  return { [KIND]: 'welcome', state: given.state, response: given.response ?? {} }
}

/** `refuse('Only for members.')` is `{ reason }` to the client; anything else is given as it is. */
export function refuse(reason: string | Payload): Refusal {
  return { [KIND]: 'refusal', response: typeof reason === 'string' ? { reason } : reason }
}

export function answer(status: string, response: Payload = {}): Answer {
  return { [KIND]: 'answer', status, response }
}

export function later<T>(promise: Promise<T | Refusal | Answer>): Later<T> {
  // Whether it is ever given back or not: that it fails ends a channel at most, never the program.
  promise.catch(() => {})
  return { [KIND]: 'later', promise }
}

export function isWelcome(value: unknown): value is Welcome<unknown, Payload> {
  return isOne(value) && value[KIND] === 'welcome'
}

export function isRefusal(value: unknown): value is Refusal {
  return isOne(value) && value[KIND] === 'refusal'
}

export function isAnswer(value: unknown): value is Answer {
  return isOne(value) && value[KIND] === 'answer'
}

export function isLater(value: unknown): value is Later<Payload> {
  return isOne(value) && value[KIND] === 'later'
}

function isOne(value: unknown): value is { readonly [KIND]: string } {
  return typeof value === 'object' && value !== null && KIND in value
}
