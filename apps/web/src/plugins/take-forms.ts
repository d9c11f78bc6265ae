import fastifyFormbody from '@fastify/formbody'
import { type FastifyInstance } from 'fastify'
import qs from 'qs'

/** A form with notes, and with a thousand chapters. */
const LARGEST_FORM = 2 * 1024 * 1024
const MOST_FIELDS = 12_000

/** Forms are all that these routes take, and one without fields is a form. */
export async function takeForms(app: FastifyInstance): Promise<void> {
  app.removeContentTypeParser(['application/json', 'text/plain'])
  await app.register(fastifyFormbody, { bodyLimit: LARGEST_FORM, parser: formOf })
  app.addHook('preValidation', (request, _reply, done) => {
    request.body ??= {}
    done()
  })
}

/** `episodeGuests[0][role]=guest` as nested objects, never as lists: what a place in a form is called says nothing. */
function formOf(body: string): Record<string, unknown> {
  try {
    // A browser sends other line ends than it was given: a text that nobody touched would come back changed.
    return qs.parse(body.replaceAll(/%0D%0A/gi, '%0A'), {
      depth: 4,
      parameterLimit: MOST_FIELDS,
      throwOnLimitExceeded: true,
      parseArrays: false,
      // A box is sent after the hidden field that says no.
      duplicates: 'last',
      plainObjects: false,
    })
  } catch (error) {
    if (error instanceof RangeError) throw new TooManyFieldsError()
    throw error
  }
}

class TooManyFieldsError extends Error {
  override readonly name = 'TooManyFieldsError'
  readonly statusCode = 413

  constructor() {
    super(`This form has more than ${MOST_FIELDS} fields. Nothing of it was saved.`)
  }
}
