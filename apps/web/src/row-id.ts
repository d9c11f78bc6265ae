import { z } from 'zod'

/** The number of a row, as an address or a form says it. */
export const RowId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
