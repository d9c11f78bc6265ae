import * as live from '@showrunner/domain/live'
import * as news from '@showrunner/domain/news'
import * as posts from '@showrunner/domain/posts'
import * as settings from '@showrunner/domain/settings'
import * as sponsors from '@showrunner/domain/sponsors'
import * as topics from '@showrunner/domain/topics'
import { type FastifyInstance } from 'fastify'
import * as requests from '@showrunner/domain/requests'
import { iconTags } from '../presenters/icons.ts'
import { onAir } from '../presenters/coming-up.ts'
import { type Site } from '../presenters/frame.ts'
import { footnotes, socials } from '../presenters/site-links.ts'
import { en, wordsIn } from '../words/index.ts'

/** `app.site()`: the settings of the network, as the pages show them. */
export default function site(app: FastifyInstance): void {
  const { repo, publicUrl, assets } = app.parts
  let words = en

  async function read(clock: () => Date): Promise<Site> {
    const [network, hasPosts, hasNews, askable, shows, hasTopics, hasSponsors] = await Promise.all([
      settings.getSettings(repo),
      posts.hasPosts(repo, clock()),
      news.hasNews(repo, clock()),
      requests.listAskable(repo),
      live.listOnAir(repo),
      topics.hasTopics(repo),
      sponsors.hasSponsors(repo),
    ])
    const { title, tagline, language, coverUrl } = network
    const { head, adminHead: adminAssets, embedHead: embedAssets } = assets
    words = wordsIn(language)
    return {
      title,
      tagline,
      language,
      words,
      coverUrl,
      hasPosts,
      hasNews,
      onAir: onAir(shows),
      publicUrl,
      assets: iconTags(head, coverUrl),
      adminAssets: iconTags(adminAssets, coverUrl),
      embedAssets,
      socials: socials(network),
      footnotes: footnotes(network, words, {
        takesRequests: askable.length > 0,
        hasTopics,
        hasSponsors,
      }),
    }
  }

  app.decorate('words', () => words)
  app.decorate('site', () => app.keptPages.value('site', read))
}
