import { type Clock } from './clock.ts'
import { bringsUp, mergedParts, NOTHING, sizeOf, type Part } from './part.ts'

/**
 * What happened of late, gathered in pieces of growing size: the last hundred changes, the last thousand, … Whoever was
 * away for a moment is given the smallest that brings them up to date.
 */
export type Generations = readonly Part[]

/** One that would grow too large starts again with what the one before it holds. */
export function pushed(
  generations: Generations,
  part: Part,
  largest: readonly number[],
): Generations {
  let smaller = part
  return largest.map((most, index) => {
    const merged = mergedParts(generations[index] ?? NOTHING, part)
    smaller = sizeOf(merged) <= most ? merged : smaller
    return smaller
  })
}

/** The smallest piece with which somebody who knows this much knows all; with `pending`, which is in none of them yet. */
export function fitting(
  generations: Generations,
  whole: Part,
  pending: Part,
  known: Clock,
): Part | undefined {
  for (const generation of generations) {
    const part = mergedParts(generation, pending)
    if (bringsUp(part, whole, known)) return part
  }
  return undefined
}
