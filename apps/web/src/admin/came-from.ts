import { type FastifyRequest } from 'fastify'
import { addresses } from '../addresses.ts'
import { localPath } from '../local-path.ts'

const LONGEST = 1000

/** The list that somebody came from, with what they looked for in it, as the address or the form says; null for none. */
export function cameFrom({ query, body }: Pick<FastifyRequest, 'query' | 'body'>): string | null {
  return toldOf(body) ?? toldOf(query)
}

/** Only a page of the admin area is one to go back to. */
export function toldOf(given: unknown): string | null {
  const back: unknown =
    typeof given === 'object' && given !== null ? Reflect.get(given, 'back') : undefined
  if (typeof back !== 'string' || back.length > LONGEST) return null
  const path = localPath(back)
  return path?.startsWith(`${addresses.admin.dashboard}/`) ? path : null
}

export function pathOf(address: string): string {
  return address.split('?')[0] ?? ''
}

/** This list, as somebody left it. */
export function asLeft(list: string, back: string | null): string {
  return back !== null && pathOf(back) === list ? back : list
}
