import { localPubSub, type Log, type PubSub } from '@showrunner/pubsub'
import { type FakeTime, fakeTime } from '@showrunner/presence/testing'
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
  const time = fakeTime()
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
