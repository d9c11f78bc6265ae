import * as posts from '@showrunner/domain/posts'
import * as settings from '@showrunner/domain/settings'
import { type FastifyInstance } from 'fastify'
import * as requests from '@showrunner/domain/requests'
import { type Site } from '../presenters/frame.ts'
import { footnotes, socials } from '../presenters/site-links.ts'

/** How old the network's title may be on a page: it changes once a year, and every page would ask for it. */
const KEPT_MS = 5_000

/** `app.site()`: the settings of the network, as the pages show them. */
export default function site(app: FastifyInstance): void {
  const { repo, clock, publicUrl, assets, sandboxes } = app.parts
  // Tests share the site, and not what is in their databases.
  const keptMs = sandboxes ? 0 : KEPT_MS
  let kept: { readonly site: Promise<Site>; readonly until: number } | undefined

  async function read(): Promise<Site> {
    const [network, hasPosts, askable] = await Promise.all([
      settings.getSettings(repo),
      posts.hasPosts(repo, clock()),
      requests.listAskable(repo),
    ])
    const { title, tagline, language, coverUrl } = network
    const { head, adminHead: adminAssets } = assets
    return {
      title,
      tagline,
      language,
      coverUrl,
      hasPosts,
      publicUrl,
      assets: head,
      adminAssets,
      socials: socials(network),
      footnotes: footnotes(network, { takesRequests: askable.length > 0 }),
    }
  }

  app.decorate('site', async () => {
    const now = clock().getTime()
    if (!kept || now >= kept.until) kept = { site: read(), until: now + keptMs }

    try {
      return await kept.site
    } catch (error) {
      kept = undefined
      throw error
    }
  })
}
