import { listVanityHosts } from '@showrunner/domain/podcasts'
import {
  type FastifyInstance,
  type FastifyReply,
  type HookHandlerDoneFunction as Done,
} from 'fastify'
import { vanityAddress } from '../vanity-address.ts'

/** What is asked of every host by those who look after it. */
const OF_THE_HOST = /^\/(?:healthz|readyz|\.well-known\/)/

/** Leads whoever comes to a podcast's own host to its pages here. Only hosts that are not the site's are looked up. */
export default function vanityHosts(app: FastifyInstance): void {
  const { publicUrl, membershipUrl, repo } = app.parts
  const own = new URL(publicUrl).hostname

  // Nearly every request is for the site itself, and waits for nothing.
  app.addHook('onRequest', ({ hostname, method, url }, reply, done) => {
    const host = hostname.toLowerCase()
    if (host === own || isOfMachine(host) || OF_THE_HOST.test(url)) return done()
    if (method !== 'GET' && method !== 'HEAD') return done()
    void lead(host, url, reply, done)
  })

  async function lead(host: string, url: string, reply: FastifyReply, otherwise: Done) {
    try {
      const shows = await app.keptPages.value('vanity hosts', () => listVanityHosts(repo))
      const show = shows.find(
        ({ vanityHost }) => vanityHost === host || `www.${vanityHost}` === host,
      )
      if (!show) return otherwise()
      const target = vanityAddress(show, url, { publicUrl, membershipUrl })
      await reply
        .header('cache-control', 'no-cache')
        .redirect(target, target.startsWith(publicUrl) ? 301 : 302)
    } catch (error) {
      otherwise(error as Error)
    }
  }
}

/** A name or number by which a machine is asked that has no name of its own. */
function isOfMachine(host: string): boolean {
  return host === 'localhost' || !host.includes('.') || /^[\d.]+$|:/.test(host)
}
