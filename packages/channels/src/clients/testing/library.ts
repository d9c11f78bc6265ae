/** What the official clients of all ages have in common, as far as it is used here. Runs in Node and in pages. */
import { Seen } from './seen.ts'

export interface ClientPush {
  receive(status: string, callback: (response: unknown) => void): ClientPush
}

export interface ClientChannel {
  readonly state: string
  join(): ClientPush
  leave(): ClientPush
  push(event: string, payload: object): ClientPush
  on(event: string, callback: (payload: never) => void): unknown
  onError(callback: (reason: unknown) => void): unknown
  onClose(callback: () => void): unknown
}

export interface ClientSocket {
  connect(): void
  disconnect(callback?: () => void): void
  isConnected(): boolean
  channel(topic: string, params: object): ClientChannel
  onOpen(callback: () => void): unknown
  onClose(callback: (event: { code?: number } | undefined) => void): unknown
  onError(callback: () => void): unknown
  onMessage(callback: (message: { topic: string; event: string }) => void): unknown
}

interface Presenting {
  readonly metas: readonly { readonly phx_ref: string; readonly device?: string }[]
}
type State = Record<string, Presenting>
type OnChange = (key: string, current: Presenting | undefined, changed: Presenting) => void

interface PresenceClient {
  onJoin(callback: OnChange): void
  onLeave(callback: OnChange): void
  onSync(callback: () => void): void
  readonly state: State
}

/** Before 1.4 the page kept the list itself, and had two functions for it. */
interface PresenceFunctions {
  syncState(state: State, now: State, onJoin: OnChange, onLeave: OnChange): State
  syncDiff(state: State, diff: object, onJoin: OnChange, onLeave: OnChange): State
}

export interface Library {
  readonly Socket: new (endPoint: string, options: object) => ClientSocket
  readonly LongPoll: new (endPoint: string) => object
  readonly Presence: (new (channel: ClientChannel) => PresenceClient) | PresenceFunctions
}

/** How a client speaks. */
export interface Speech {
  readonly transport: 'websocket' | 'longpoll'
  /** What is not the client's own is made of `encode` and `decode`, as its documentation says. */
  readonly vsn?: '1.0.0'
}

export interface Visit extends Speech {
  readonly library: Library
  /** `ws://127.0.0.1:4000/socket` */
  readonly endPoint: string
  /** Where there is none of the browser's. */
  readonly webSocket?: unknown
  /** Those that were opened, for whoever has to close them. */
  readonly opened: ClientSocket[]
}

const SOON = 10
const LATER = 2_000

/**
 * The oldest ones ask to join again before they were answered, by requests that may overtake each other: then the join
 * they count on is the one that is replaced. So while they poll they are given time for an answer.
 */
function patience({ library, transport }: Visit): object {
  const isOldest = typeof library.Presence !== 'function' && transport === 'longpoll'
  const afterMs = (tries: number) => {
    if (!isOldest) return SOON * 2 ** Math.min(tries, 9)
    return tries > 1 ? LATER : SOON
  }
  return { reconnectAfterMs: afterMs, rejoinAfterMs: afterMs, timeout: 30_000 }
}

/** A socket that connects. */
export function open(visit: Visit, params: object = {}, options: object = {}): ClientSocket {
  const { library, endPoint, transport, vsn, webSocket, opened } = visit
  const chosen = transport === 'longpoll' ? library.LongPoll : webSocket
  const socket = new library.Socket(endPoint, {
    ...patience(visit),
    ...(chosen ? { transport: chosen } : {}),
    ...(vsn ? { vsn, ...VERSION_1 } : {}),
    params,
    ...options,
  })
  opened.push(socket)
  socket.connect()
  return socket
}

const VERSION_1 = {
  encode: (message: object, done: (frame: string) => void) => done(JSON.stringify(message)),
  decode: (frame: string, done: (message: unknown) => void) => done(JSON.parse(frame)),
}

export type Answered = readonly [status: string, response: unknown]

/** What a push is answered with. */
export function answered(push: ClientPush, ...statuses: readonly string[]): Promise<Answered> {
  return new Promise((resolve) => {
    for (const status of ['ok', 'error', 'timeout', ...statuses]) {
      push.receive(status, (response) => resolve([status, response]))
    }
  })
}

export interface Presences {
  /** Who is here, by how many devices: a new one for each change. */
  readonly lists: Seen<Record<string, readonly string[]>>
  /** `ada came`, `ada came again`, `ada left by one`, `ada left` */
  readonly changes: Seen<string>
  readonly refs: () => readonly string[]
}

/** The list as a page shows it. */
export function presences(library: Library, channel: ClientChannel): Presences {
  const lists = new Seen<Record<string, readonly string[]>>()
  const changes = new Seen<string>()
  const state = stateOf(library, channel, {
    came(key, current, changed) {
      // A diff may tell what the state has told already.
      if (current && refsOf(changed).every((ref) => refsOf(current).includes(ref))) return
      changes.add(current ? `${key} came again` : `${key} came`)
    },
    left: (key, current) =>
      changes.add(current?.metas.length ? `${key} left by one` : `${key} left`),
    synced: () => lists.add(devices(state())),
  })
  return {
    lists,
    changes,
    refs: () => Object.values(state()).flatMap(refsOf).sort(),
  }
}

const refsOf = ({ metas }: Presenting) => metas.map(({ phx_ref }) => phx_ref)

interface Told {
  readonly came: OnChange
  readonly left: OnChange
  readonly synced: () => void
}

function stateOf({ Presence }: Library, channel: ClientChannel, told: Told): () => State {
  if (typeof Presence === 'function') {
    const presence = new Presence(channel)
    presence.onJoin(told.came)
    presence.onLeave(told.left)
    presence.onSync(told.synced)
    return () => presence.state
  }
  let state: State = {}
  channel.on('presence_state', (now: State) => {
    state = Presence.syncState(state, now, told.came, told.left)
    told.synced()
  })
  channel.on('presence_diff', ({ joins, leaves }: { joins: State; leaves: State }) => {
    // Told twice, a presence would be there twice: these compare nothing.
    const news = Object.entries(joins).filter(([key, joined]) => {
      const known = state[key] ? refsOf(state[key]) : []
      return !refsOf(joined).every((ref) => known.includes(ref))
    })
    const diff = { joins: Object.fromEntries(news), leaves }
    state = Presence.syncDiff(state, diff, told.came, told.left)
    told.synced()
  })
  return () => state
}

function devices(state: State): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.keys(state)
      .sort()
      .map((key) => [key, (state[key]?.metas ?? []).map(({ device }) => device ?? '').sort()]),
  )
}
