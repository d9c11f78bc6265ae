import { lookup as lookUp } from 'node:dns'
import { BlockList, isIPv4, type LookupFunction } from 'node:net'

// IANA's special-purpose registry: where a machine's own services, its neighbours and its cloud's metadata live.
const NOT_PUBLIC_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  // Azure's metadata answers here, which is otherwise an ordinary address.
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]

// All but global unicast (2000::/3), and in that: protocol assignments, documentation and IPv4 in IPv6 (6to4).
const NOT_PUBLIC_V6 = [
  '::/3',
  '4000::/2',
  '8000::/1',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
]

const notPublicV4 = blockList(NOT_PUBLIC_V4, 'ipv4')
const notPublicV6 = blockList(NOT_PUBLIC_V6, 'ipv6')

// A network without IPv4 reaches it through these addresses (RFC 6052), the private part of it included.
const nat64 = blockList(['64:ff9b::/96'], 'ipv6')
const notPublicNat64 = blockList(
  NOT_PUBLIC_V4.map(
    (subnet) => `64:ff9b::${subnet.replace(/\d+$/, (bits) => String(96 + Number(bits)))}`,
  ),
  'ipv6',
)

/** Whether an IP address is one of the public internet. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !notPublicV4.check(address, 'ipv4')
  if (nat64.check(address, 'ipv6')) return !notPublicNat64.check(address, 'ipv6')
  return !notPublicV6.check(address, 'ipv6')
}

/** Decides which of a host's addresses may be connected to. */
export type AddressCheck = (address: string) => boolean

/**
 * Looks a host up for `node:net`, giving only addresses that `mayReach` allows. The connection is made to what is given
 * here, so a name that points elsewhere the next moment gains nothing.
 */
export function guardedLookup(
  mayReach: AddressCheck,
  refusal: (host: string) => Error,
): LookupFunction {
  return (host, options, callback) => {
    lookUp(host, { ...options, all: true }, (error, found) => {
      const allowed = error === null ? found.filter(({ address }) => mayReach(address)) : []
      const [first] = allowed
      if (error !== null) callback(error, [])
      else if (first === undefined) callback(refusal(host), [])
      else if (options.all === true) callback(null, allowed)
      else callback(null, first.address, first.family)
    })
  }
}

function blockList(subnets: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const subnet of subnets) {
    const [address = '', bits] = subnet.split('/')
    list.addSubnet(address, Number(bits), family)
  }
  return list
}
