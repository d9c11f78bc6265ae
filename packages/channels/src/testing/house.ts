import { localPubSub, type Log, type PubSub } from '@showrunner/pubsub'
import { type Time } from '@showrunner/presence'
import { z } from 'zod'
import { welcome } from '../answers.ts'
import { channelFor, type Handlers } from '../channel.ts'
import { connected } from '../connect.ts'
import { defineChannel } from '../declaration.ts'
import { createSockets, type Sockets, type SocketsOptions } from '../sockets.ts'
import { connect, type ConnectOptions } from './connect.ts'
import { type ServerMessage } from './server-frame.ts'
import { type TestClient } from './test-client.ts'

const ANYTHING = z.record(z.string(), z.union([z.string(), z.number()]))

/** A channel in which anything may happen, for the tests of this package. */
export const Room = defineChannel({
  topic: 'room:*',
  in: {
    ask: { payload: z.unknown(), reply: ANYTHING },
    do: { payload: z.unknown() },
  },
  out: {
    said: ANYTHING,
    shouted: ANYTHING,
    drawn: z.instanceof(Uint8Array),
  },
})

export type RoomHandlers = Handlers<typeof Room, string, unknown>

export interface House {
  readonly sockets: Sockets
  readonly pubsub: PubSub
  readonly time: FakeTime
  /** What was logged as an error. */
  readonly errors: string[]
  readonly connect: (options?: ConnectOptions) => Promise<TestClient>
}

export async function house(
  handlers: Partial<Omit<RoomHandlers, 'in'>> & { in?: Partial<RoomHandlers['in']> },
  options: Partial<SocketsOptions<string>> = {},
): Promise<House> {
  const pubsub = options.pubsub ?? (await localPubSub())
  const time = new FakeTime()
  const errors: string[] = []
  const log: Log = (level, message) => level === 'error' && errors.push(message)
  const room = channelFor<string>()(Room, {
    join: () => welcome(),
    ...handlers,
    in: { ask: () => ({}), do: () => {}, ...handlers.in },
  })
  const sockets = createSockets<string>({
    channels: [room],
    connect: ({ params }) => connected(nameOf(params['name']), 'user:1'),
    time,
    log,
    ...options,
    pubsub,
  })
  return { sockets, pubsub, time, errors, connect: (how) => connect(sockets, how) }
}

function nameOf(name: unknown): string {
  return typeof name === 'string' ? name : 'Ada'
}

/** What came, as it is on the wire. */
export function wire({ joinRef, ref, topic, event, payload }: ServerMessage): readonly unknown[] {
  return [joinRef, ref, topic, event, payload]
}

/** Time that passes when it is told to. */
export class FakeTime implements Time {
  #now = 1_000_000
  readonly #timers = new Set<{ at: number; run: () => void }>()

  now(): number {
    return this.#now
  }

  /** How many timers there are. */
  get waiting(): number {
    return this.#timers.size
  }

  after(milliseconds: number, run: () => void): () => void {
    const timer = { at: this.#now + milliseconds, run }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  pass(milliseconds: number): void {
    const until = this.#now + milliseconds
    for (let next = this.#due(until); next; next = this.#due(until)) {
      this.#timers.delete(next)
      this.#now = Math.max(this.#now, next.at)
      next.run()
    }
    this.#now = until
  }

  #due(until: number) {
    return [...this.#timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
  }
}
