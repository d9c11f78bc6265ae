import { AssertionError } from 'node:assert'
import { z } from 'zod'
import { inWords } from './fits.ts'

/** What the server sent, as it sent it. Throws when it is not what the declaration says. */
export function asDeclared(schema: z.ZodType, value: unknown, what: string): unknown {
  const parsed = schema.safeParse(value)
  if (parsed.success) return value
  throw new AssertionError({
    message: `${what} is not what was declared: ${z.prettifyError(parsed.error)}\n${inWords(value)}`,
  })
}
