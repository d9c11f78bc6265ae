import { type FastifyRequest } from 'fastify'
import { addresses } from '../addresses.ts'
import { localPath } from '../local-path.ts'

const LONGEST = 1000

/** The list that somebody came from, with what they looked for in it, as the address or the form says; null for none. */
export function cameFrom({ query, body }: Pick<FastifyRequest, 'query' | 'body'>): string | null {
  return toldOf(body) ?? toldOf(query)
}

/** The same of the page on which a form was sent. */
export function sentFrom(referer: string | undefined): string | null {
  const page = URL.parse(referer ?? '')
  return page && toldOf({ back: page.searchParams.get('back') })
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

/** An address as it is for who came from a list: the list as they left it, what is below it with the way back to that. */
export function asLeft(address: string, back: string | null): string {
  if (back === null) return address
  const list = pathOf(back)
  if (address === list) return back
  return address.startsWith(`${list}/`) && !LEADS_BACK.test(address)
    ? comingFrom(address, back)
    : address
}

const LEADS_BACK = /[?&]back=/

/** The same address, told from which list somebody goes there. */
export function comingFrom(href: string, list: string): string {
  const [before = '', fragment] = href.split('#')
  const sign = before.includes('?') ? '&' : '?'
  const told = `${before}${sign}back=${encodeURIComponent(list)}`
  return fragment === undefined ? told : `${told}#${fragment}`
}
