import { isIPv6 } from 'node:net'
import { type FastifyRequest } from 'fastify'

const OWN_NAMES: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

/**
 * Whether somebody sits at the machine the site runs on: nobody on the way is elsewhere, and they ask for it by a name of
 * its own. A page elsewhere can have its own name point here, and the browser then asks in its name.
 */
export function sitsHere(
  { ip, ips = [ip], headers }: Pick<FastifyRequest, 'ip' | 'ips' | 'headers'>,
  publicUrl: string,
): boolean {
  const asked = URL.parse(`http://${headers.host ?? ''}`)?.hostname
  const isOwn = asked !== undefined && [...OWN_NAMES, new URL(publicUrl).hostname].includes(asked)
  return isOwn && ips.every(isOnThisMachine)
}

/** Whether it is an address of the machine itself. */
export function isOnThisMachine(ip: string): boolean {
  return /^(?:::ffff:)?127\./i.test(ip) || ip === '::1'
}

/** Who is counted as one visitor: an IPv4 address; of IPv6 a network, because a household has as many as it likes. */
export function visitorAt(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped !== undefined) return mapped
  if (!isIPv6(ip)) return ip

  const [head = '', tail] = ip.toLowerCase().split('%', 1)[0]?.split('::') ?? []
  const front = head === '' ? [] : head.split(':')
  const back = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: 8 - front.length - back.length }, () => '0')
  const groups = tail === undefined ? front : [...front, ...zeros, ...back]
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}
