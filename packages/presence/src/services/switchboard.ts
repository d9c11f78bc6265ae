import { type Log, type Message, type PubSub } from '@showrunner/pubsub'
import {
  CallFailedError,
  CallTimeoutError,
  NoServiceError,
  OverloadedError,
  reasonOf,
  type ServiceError,
} from '../errors.ts'
import { type Time } from '../tracker/time.ts'
import { refText, type Ref } from './instance.ts'
import { type Limiter } from './limiter.ts'

export interface Endpoint {
  readonly limiter: Limiter
  readonly handle: (request: Message) => Message | void | Promise<Message | void>
}

export interface SwitchboardParts {
  readonly pubsub: PubSub
  readonly time: Time
  readonly log: Log
  readonly topic: string
}

const REFUSALS = ['nobody', 'overloaded', 'failed'] as const
type Refusal = (typeof REFUSALS)[number]

type Wire =
  | readonly ['call', number, from: string, Ref, Message]
  | readonly ['cast', Ref, Message]
  | readonly ['reply', number, Message]
  | readonly ['refusal', number, Refusal, string]

interface Pending {
  readonly ref: Ref
  readonly resolve: (reply: Message) => void
  readonly reject: (error: ServiceError) => void
}

/** Calls from node to node: who can be asked here, and who here waits for an answer. */
export class Switchboard {
  readonly #parts: SwitchboardParts
  readonly #endpoints = new Map<string, Endpoint>()
  readonly #pending = new Map<number, Pending>()
  readonly #asked = new Map<string, number>()
  readonly #unsubscribe: () => void
  #calls = 0

  constructor(parts: SwitchboardParts) {
    this.#parts = parts
    const subscription = parts.pubsub.subscribe(parts.topic, (message) =>
      this.#receive(message as Wire),
    )
    this.#unsubscribe = () => subscription.unsubscribe()
  }

  put(ref: Ref, endpoint: Endpoint): void {
    this.#endpoints.set(refText(ref), endpoint)
  }

  /** What runs comes to its end, and is answered. */
  remove(ref: Ref): void {
    this.#endpoints.delete(refText(ref))
  }

  /** How many calls of this node to somebody are not answered yet. */
  asked(ref: Ref): number {
    return this.#asked.get(refText(ref)) ?? 0
  }

  async call(ref: Ref, request: Message, timeoutMs: number): Promise<Message> {
    const number = this.#calls++
    const name = refText(ref)
    this.#asked.set(name, this.asked(ref) + 1)
    const answer = new Promise<Message>((resolve, reject) =>
      this.#pending.set(number, { ref, resolve, reject }),
    )
    const cancel = this.#parts.time.after(timeoutMs, () =>
      this.#refuse(
        number,
        new CallTimeoutError(ref.service, `${words(ref)} did not answer within ${timeoutMs} ms`),
      ),
    )
    try {
      void this.#say(ref.node, ['call', number, this.#parts.pubsub.node, ref, request], number)
      return await answer
    } finally {
      cancel()
      this.#pending.delete(number)
      const left = this.asked(ref) - 1
      if (left > 0) this.#asked.set(name, left)
      else this.#asked.delete(name)
    }
  }

  cast(ref: Ref, request: Message): void {
    void this.#say(ref.node, ['cast', ref, request])
  }

  /** Somebody has gone: whoever waits for them waits for nothing. */
  gone(ref: Ref): void {
    for (const [number, pending] of this.#pending) {
      if (refText(pending.ref) !== refText(ref)) continue
      this.#refuse(
        number,
        new NoServiceError(ref.service, `${words(ref)} went while it was asked`, true),
      )
    }
  }

  stop(): void {
    this.#unsubscribe()
    this.#endpoints.clear()
    for (const [number, { ref }] of this.#pending) {
      this.#refuse(
        number,
        new NoServiceError(ref.service, `This node stopped before ${words(ref)} answered`, true),
      )
    }
  }

  #refuse(number: number, error: ServiceError): void {
    this.#pending.get(number)?.reject(error)
  }

  async #say(node: string, wire: Wire, call?: number): Promise<void> {
    const { pubsub, topic, log } = this.#parts
    try {
      await pubsub.directBroadcast(node, topic, wire)
    } catch (error) {
      log('warning', reasonOf(error))
      const ref = call === undefined ? undefined : this.#pending.get(call)?.ref
      if (call !== undefined && ref)
        this.#refuse(call, new NoServiceError(ref.service, reasonOf(error)))
    }
  }

  #receive(wire: Wire): void {
    switch (wire[0]) {
      case 'call': {
        const [, number, from, ref, request] = wire
        void this.#answer(number, from, ref, request)
        return
      }
      case 'cast':
        void this.#do(wire[1], wire[2])
        return
      case 'reply':
        this.#pending.get(wire[1])?.resolve(wire[2])
        return
      case 'refusal':
        this.#refused(wire[1], wire[2], wire[3])
    }
  }

  async #answer(number: number, from: string, ref: Ref, request: Message): Promise<void> {
    const endpoint = this.#endpoints.get(refText(ref))
    if (!endpoint) return this.#say(from, ['refusal', number, 'nobody', ''])
    const done = endpoint.limiter.run(async () => endpoint.handle(request))
    if (!done) return this.#say(from, ['refusal', number, 'overloaded', ''])
    try {
      await this.#say(from, ['reply', number, (await done) ?? null])
    } catch (error) {
      await this.#say(from, ['refusal', number, 'failed', reasonOf(error)])
    }
  }

  async #do(ref: Ref, request: Message): Promise<void> {
    const endpoint = this.#endpoints.get(refText(ref))
    const done = endpoint?.limiter.run(async () => endpoint.handle(request))
    if (!done)
      return this.#parts.log('warning', `${words(ref)} was told something and could not take it`)
    try {
      await done
    } catch (error) {
      this.#parts.log('error', `${words(ref)} failed: ${reasonOf(error)}`)
    }
  }

  #refused(number: number, refusal: Refusal, reason: string): void {
    const ref = this.#pending.get(number)?.ref
    if (!ref) return
    const { service } = ref
    if (refusal === 'nobody')
      this.#refuse(number, new NoServiceError(service, `${words(ref)} is not there`))
    else if (refusal === 'overloaded') {
      this.#refuse(
        number,
        new OverloadedError(service, `${words(ref)} has as many waiting as it takes`),
      )
    } else this.#refuse(number, new CallFailedError(service, reason))
  }
}

function words({ service, id, node }: Ref): string {
  return `"${id}" of the service "${service}" on "${node}"`
}
