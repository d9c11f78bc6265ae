import { type Multipart } from '@fastify/multipart'
import { type FastifyRequest } from 'fastify'

/** Thrown at a form in parts that ends in the middle, or is none. */
export class UnreadablePartsError extends Error {
  override readonly name = 'UnreadablePartsError'
  readonly statusCode = 400

  constructor(cause: unknown) {
    super('What was sent broke off, or cannot be read. Send it again.', { cause })
  }
}

/** The parts of a form. @throws UnreadablePartsError where they cannot be told apart. */
export async function* partsOf(request: FastifyRequest): AsyncGenerator<Multipart> {
  try {
    yield* request.parts()
  } catch (error) {
    // Its own refusals, of too many or too large parts, say so themselves.
    if (error instanceof Error && 'statusCode' in error) throw error
    throw new UnreadablePartsError(error)
  }
}
