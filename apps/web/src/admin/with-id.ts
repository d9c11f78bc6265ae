import { z } from 'zod'
import { parse } from '../parse.ts'
import { RowId } from '../row-id.ts'

const Id = z.object({ id: RowId })

/** The number in an address that names a row. */
export function withId(params: unknown): number {
  return parse(Id, params).id
}
