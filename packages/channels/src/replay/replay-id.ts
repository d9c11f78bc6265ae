/** Up to which number was seen of each origin, which is a node that sends to the topic. Of one that is not listed, nothing. */
export type Vector = ReadonlyMap<string, number>

/** What a client has seen. It keeps it as a text, in which it reads nothing. */
export interface ReplayId {
  /** Which history the numbers belong to. Another node may have begun another one. */
  readonly era: string
  readonly seen: Vector
}

const LONGEST = 8_192
const ID = /^[\w-]+\.(?:[\w-]+:[0-9a-z]{1,10}(?:,|$))*$/

/** `era.origin:number,origin:number`. */
export function writeId({ era, seen }: ReplayId): string {
  const parts = Array.from(seen, ([origin, number]) => `${origin}:${number.toString(36)}`)
  return `${era}.${parts.join(',')}`
}

/** Undefined for what is none: it comes from a client. */
export function readId(text: unknown): ReplayId | undefined {
  if (typeof text !== 'string' || text.length > LONGEST || !ID.test(text)) return undefined
  const [era = '', parts = ''] = text.split('.')
  const seen = parts === '' ? [] : parts.split(',').map(readPart)
  return { era, seen: new Map(seen) }
}

function readPart(part: string): readonly [string, number] {
  const [origin = '', number = ''] = part.split(':')
  return [origin, Number.parseInt(number, 36)]
}

/** Of each origin the higher number. */
export function together(one: Vector, other: Vector): Vector {
  const all = new Map(one)
  for (const [origin, number] of other) all.set(origin, Math.max(number, all.get(origin) ?? 0))
  return all
}

export function covers(seen: Vector, origin: string, number: number): boolean {
  return (seen.get(origin) ?? 0) >= number
}

/** Whether whoever has seen the one has seen the other. */
export function dominates(one: Vector, other: Vector): boolean {
  return Array.from(other).every(([origin, number]) => covers(one, origin, number))
}
