/** What happens at the sockets of a node, for those who measure it. Times are in milliseconds. */
export type SocketEvent =
  | {
      readonly kind: 'connected'
      readonly id: string | undefined
      readonly params: Readonly<Record<string, unknown>>
      readonly took: number
    }
  | {
      readonly kind: 'not connected'
      readonly status: number
      readonly reason: string
      readonly params: Readonly<Record<string, unknown>>
      readonly took: number
    }
  | {
      readonly kind: 'joined' | 'refused'
      readonly id: string | undefined
      readonly topic: string
      readonly params: unknown
      readonly took: number
    }
  | {
      readonly kind: 'handled'
      readonly topic: string
      readonly event: string
      /** What it was answered with, if it was. */
      readonly status: string | undefined
      readonly took: number
    }
  | { readonly kind: 'drained'; readonly closed: number; readonly left: number }
  | {
      readonly kind: 'closed'
      readonly id: string | undefined
      readonly code: number
      readonly reason: string
      readonly openFor: number
    }

const LEVELS = {
  connected: 'info',
  'not connected': 'info',
  joined: 'info',
  refused: 'info',
  handled: 'debug',
  drained: 'info',
  closed: 'debug',
} as const

export function levelOf({ kind }: SocketEvent): 'info' | 'debug' {
  return LEVELS[kind]
}

export function inWords(event: SocketEvent): string {
  switch (event.kind) {
    case 'connected':
      return `Connected ${event.id ?? 'a client'} ${inMs(event.took)} with ${shown(event.params)}`
    case 'not connected':
      return `Not connected: ${event.status} ${event.reason} ${inMs(event.took)} with ${shown(event.params)}`
    case 'joined':
    case 'refused':
      return `${event.kind === 'joined' ? 'Joined' : 'Refused'} ${shown(event.topic)} ${inMs(event.took)} with ${shown(event.params)}`
    case 'handled':
      return `Handled "${event.event}" on ${shown(event.topic)} ${inMs(event.took)}`
    case 'drained':
      return `Sent ${event.closed} clients to other nodes, ${event.left} are left`
    case 'closed':
      return `Closed ${event.id ?? 'a client'} with ${event.code} ${event.reason}`
    default:
      throw new Error(`unknown event: ${String(event satisfies never)}`)
  }
}

/** A client may send much, and as many lines as it likes. */
const SHOWN = 1000

function shown(what: unknown): string {
  const text = JSON.stringify(what) ?? 'nothing'
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}

const inMs = (took: number): string => `in ${took.toFixed(1)} ms`

const SECRET = /token|password|secret/i
const DEPTH = 5

/** Params as they may be seen: what is called a token or a password is not shown. */
export function masked(params: unknown, depth = DEPTH): unknown {
  if (typeof params !== 'object' || params === null) return params
  if (params instanceof Uint8Array) return `${params.length} bytes`
  if (depth === 0) return '…'
  if (Array.isArray(params)) return params.map((value: unknown) => masked(value, depth - 1))
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      SECRET.test(name) ? '[masked]' : masked(value, depth - 1),
    ]),
  )
}
