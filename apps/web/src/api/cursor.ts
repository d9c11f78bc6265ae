import { type Place } from '@showrunner/domain/catalogue'
import { z } from 'zod'
import { type PlaceKind } from './operation.ts'
import { Problem } from './problem.ts'

const LONGEST = 600

/** What a place in a list may be made of. */
const Parts = z
  .array(z.union([z.string().max(300), z.int()]))
  .min(1)
  .max(4)

/** A place in a list, as it stands in an address: whoever has one gives it back as it is. */
export function writeCursor(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** @throws Problem for what is none of ours. */
export function readCursor(cursor: string, shape: readonly PlaceKind[]): Place {
  const parts = cursor.length > LONGEST ? undefined : Parts.safeParse(parsed(cursor)).data
  const fits = parts?.length === shape.length && shape.every((kind, at) => isOf(kind, parts[at]))
  if (parts && fits) return parts
  throw new Problem('bad-request', {
    detail: 'The cursor is none that this list gave out. Begin without one, and follow `next`.',
    faults: [{ in: 'query', name: 'cursor', detail: 'is not from this list' }],
  })
}

function isOf(kind: PlaceKind, part: unknown): boolean {
  if (kind === 'number') return Number.isSafeInteger(part) && Math.abs(Number(part)) < 2 ** 31
  if (typeof part !== 'string' || part.includes('\0')) return false
  return kind === 'text' || !Number.isNaN(Date.parse(part))
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined
  }
}
