import { randomBytes } from 'node:crypto'

/** Where a session lives: on which node, with whom there, and which it is. Nobody guesses the last. */
export interface SessionAddress {
  readonly node: string
  /** Of the transport that has it, as a node may have several. */
  readonly transport: string
  readonly id: string
}

const TOKEN = /^(?<node>[\w-]+)\.(?<transport>[\w-]{12})\.(?<id>[\w-]{32})$/

export const randomTransport = (): string => randomBytes(9).toString('base64url')
export const randomSession = (): string => randomBytes(24).toString('base64url')

export function tokenOf({ node, transport, id }: SessionAddress): string {
  return `${Buffer.from(node).toString('base64url')}.${transport}.${id}`
}

/** Undefined for what is no token of a session, as a `token` among the params of a client may be. */
export function readToken(token: string | undefined): SessionAddress | undefined {
  const { node, transport, id } = TOKEN.exec(token ?? '')?.groups ?? {}
  if (node === undefined || transport === undefined || id === undefined) return undefined
  return { node: Buffer.from(node, 'base64url').toString(), transport, id }
}
