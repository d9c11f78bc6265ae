import { type FastifyInstance, type FastifyRequest } from 'fastify'

/** What changes nothing. OPTIONS is how browsers ask whether they may. */
const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Thrown at a form that was sent from somewhere else. */
class CrossSiteError extends Error {
  override readonly name = 'CrossSiteError'
  readonly statusCode = 403

  constructor() {
    super('This form was sent from another site. Open the page here and try again.')
  }
}

/** Refuses whatever would change something and was not sent from a page of ours. */
export default function sameOrigin(app: FastifyInstance): void {
  const own = new URL(app.parts.publicUrl).host

  app.addHook('onRequest', (request, _reply, done) => {
    if (!READS.has(request.method) && !fromHere(request, own)) return done(new CrossSiteError())

    done()
  })
}

// Every browser of today sends one of the two headers with a form. A program that sends neither has no cookie to lose.
function fromHere(request: FastifyRequest, own: string): boolean {
  const site = request.headers['sec-fetch-site']
  if (site) return site === 'same-origin' || site === 'none'

  const { origin } = request.headers
  if (!origin) return request.headers.cookie === undefined

  const host = URL.parse(origin)?.host
  return host === own || host === request.host
}
