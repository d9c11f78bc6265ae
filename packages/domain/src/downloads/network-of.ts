import { isIPv6 } from 'node:net'

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

/** The part of an address that stands for one household: all of version 4, the first half of version 6. */
export function networkOf(ip: string): string {
  const bare = ip.replace(/%.*$/, '')
  const mapped = MAPPED.exec(bare)?.[1]
  if (mapped !== undefined) return mapped
  return isIPv6(bare) ? `${firstHalf(bare)}::/64` : bare
}

function firstHalf(address: string): string {
  const [head = '', tail] = address.toLowerCase().split('::')
  const front = groupsIn(head)
  const back = groupsIn(tail ?? '')
  const left = tail === undefined ? 0 : 8 - front.length - back.length
  const groups = [...front, ...Array.from({ length: left }, () => '0'), ...back]
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}

/** What is written as version 4 at the end takes the place of two. */
function groupsIn(text: string): readonly string[] {
  return text.split(':').flatMap((group) => {
    if (group === '') return []
    return group.includes('.') ? ['0', '0'] : [group]
  })
}
