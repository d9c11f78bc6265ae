import { NotFoundError } from '@showrunner/data'
import { getSettings, Settings } from '@showrunner/domain/settings'
import { listEverything } from '@showrunner/domain/site'
import { type FastifyInstance, type FastifyRequest } from 'fastify'
import { absolute, addresses } from '../addresses.ts'
import { sitemap, sitemapPart } from '../presenters/sitemap.ts'

/** A sitemap may list five times as many, and take 50 MB. */
const URLS_PER_SITEMAP = 10_000

const XML = 'application/xml; charset=utf-8'
const DAYS_OF_SECURITY = 180

/** What search engines and those who report a hole ask for first. */
export default async function siteFileRoutes(app: FastifyInstance): Promise<void> {
  const { publicUrl, development, clock, urlsPerSitemap: most = URLS_PER_SITEMAP } = app.parts

  app.document(addresses.sitemap, {
    load: ({ repo, clock }) => listEverything(repo, clock()),
    type: XML,
    write: (all) => sitemap(publicUrl, all, most),
  })

  app.document('/sitemap-:part(^[1-9][0-9]{0,4}$).xml', {
    load: async ({ repo, clock, params }) => {
      const { part } = params
      const all = await listEverything(repo, clock())
      const written = sitemapPart(publicUrl, all, { part: Number(part), most })
      if (written === undefined) throw new NotFoundError(Settings, `with a sitemap ${part}`)
      return written
    },
    type: XML,
    write: (written) => written,
  })

  app.get(addresses.robots, async (request, reply) => {
    const isOurs = !development && isAskedAt(publicUrl, request)
    return reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'public, max-age=3600')
      .header('vary', 'host')
      .send(isOurs ? robots(publicUrl) : 'User-agent: *\nDisallow: /\n')
  })

  app.get(addresses.security, async (_request, reply) => {
    const { ownerEmail, replyEmail } = await getSettings(app.parts.repo)
    const email = replyEmail ?? ownerEmail
    if (email === null) return reply.callNotFound()
    const until = new Date(clock().getTime() + DAYS_OF_SECURITY * 86_400_000)
    return reply
      .type('text/plain; charset=utf-8')
      .send(
        `Contact: mailto:${email}\nExpires: ${until.toISOString()}\nCanonical: ${publicUrl}${addresses.security}\n`,
      )
  })
}

/** Whether this host is the one that everybody is to know. */
export function isAskedAt(publicUrl: string, { host }: FastifyRequest): boolean {
  return new URL(publicUrl).host === host.toLowerCase()
}

/** What is for one visitor only, or endless: no search engine has anything to find there. A show may begin with such a word. */
function robots(publicUrl: string): string {
  const { account, search, signedIn, subscribe } = addresses
  const apart = ['/admin', account, signedIn, search, subscribe, '/preview', '/members']
  return [
    'User-agent: *',
    ...apart.flatMap((path) => ['$', '/', '?'].map((end) => `Disallow: ${path}${end}`)),
    'Disallow: /unsubscribe/',
    'Disallow: /unfollow/',
    'Allow: /',
    '',
    `Sitemap: ${absolute(publicUrl, addresses.sitemap)}`,
    '',
  ].join('\n')
}
