import { type ZodType } from 'zod'

/** What a visitor asked for makes no sense. */
class BadRequestError extends Error {
  override readonly name = 'BadRequestError'
  readonly statusCode = 400
}

/** Reads what came with a request, or says which part of it is wrong. */
export function parse<Value>(type: ZodType<Value>, given: unknown): Value {
  const result = type.safeParse(given)
  if (result.success) return result.data

  const wrong = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new BadRequestError(wrong.join('; '))
}
