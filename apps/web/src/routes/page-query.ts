import { z } from 'zod'

/** Which page of a list. */
export const PageQuery = z.object({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
})
