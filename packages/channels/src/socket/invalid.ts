import { type z } from 'zod'
import { type Payload } from '../serializers/message.ts'

const MOST_ERRORS = 20

/** What was wrong with what a client sent, and where: `{ path: 'text', message: 'Too small: …' }`. */
export function invalid(what: 'params' | 'payload', { issues }: z.ZodError): Payload {
  return {
    reason: `invalid ${what}`,
    errors: issues
      .slice(0, MOST_ERRORS)
      .map(({ path, message }) => ({ path: path.map(String).join('.'), message })),
  }
}
