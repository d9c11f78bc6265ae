import { randomBytes } from 'node:crypto'

/**
 * The name of a history. Nodes that begin one for the same topic agree on one of them: on that of the later generation, or
 * else on the one whose name is first.
 */
export function newEra(generation = 0): string {
  return `${generation.toString(36)}-${randomBytes(6).toString('base64url')}`
}

export function generationOf(era: string): number {
  return Number.parseInt(era.split('-', 1)[0] ?? '', 36) || 0
}

export function prevails(one: string, other: string): boolean {
  const [first, second] = [generationOf(one), generationOf(other)]
  return first === second ? one < other : first > second
}
