import { z } from 'zod'
import { parse } from '../parse.ts'

const Id = z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) })

/** The number in an address that names a row. */
export function withId(params: unknown): number {
  return parse(Id, params).id
}
