import * as feeds from '@showrunner/domain/feed'
import { writeOpml } from '@showrunner/feeds'
import { type FastifyInstance } from 'fastify'
import { addresses } from '../addresses.ts'
import { declareFeed, FROM_ANYWHERE, RSS } from '../declare-feed.ts'
import { countFetches } from '../downloads/count-fetches.ts'
import { feedLinks } from '../feed-links.ts'
import { feedsPage } from '../presenters/feeds-page.ts'
import { writeFeed } from '../write-feed.ts'
import { PERSON, PODCAST, TOPIC } from './slugs.ts'

/** What the network publishes, for podcast apps, feed readers, and people who look for the addresses. */
export default async function feedRoutes(app: FastifyInstance): Promise<void> {
  const { publicUrl } = app.parts
  const outside: feeds.Outside = { publicUrl, paths: addresses }

  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(FROM_ANYWHERE)
  })
  leadMovedAway(app)
  countFetches(app)

  everyFeed(app, outside)

  app.document(addresses.publisherFeed, {
    load: ({ repo }) => feeds.getPublisherFeed(repo, outside),
    type: RSS,
    headers: FROM_ANYWHERE,
    write: writeFeed,
    link: feedLinks,
  })

  app.document(addresses.feedList, {
    load: ({ repo }) => feeds.getFeedList(repo, outside),
    type: 'text/x-opml; charset=utf-8',
    headers: FROM_ANYWHERE,
    write: writeOpml,
  })

  app.page(addresses.feeds, {
    load: ({ repo, clock }) => feeds.listFeeds(repo, clock()),
    view: 'feeds/index',
    present: feedsPage,
  })
}

function everyFeed(app: FastifyInstance, outside: feeds.Outside): void {
  declareFeed(app, `${PODCAST}/feed`, ({ repo, params, asOf, page }) =>
    feeds.getFeed(repo, params.podcast, asOf, outside, page),
  )
  declareFeed(app, addresses.networkFeed, ({ repo, asOf, page }) =>
    feeds.getNetworkFeed(repo, asOf, outside, page),
  )
  declareFeed(app, addresses.postsFeed, ({ repo, asOf, page }) =>
    feeds.getPostsFeed(repo, asOf, outside, page),
  )
  declareFeed(app, `${PERSON}/feed`, ({ repo, params, asOf, page }) =>
    feeds.getPersonFeed(repo, params.handle, asOf, outside, page),
  )
  declareFeed(app, `${TOPIC}/feed`, ({ repo, params, asOf, page }) =>
    feeds.getTopicFeed(repo, params.topic, asOf, outside, page),
  )
}

/** Who asks for the feed of a podcast that lives elsewhere by now is led there. */
function leadMovedAway(app: FastifyInstance): void {
  app.setErrorHandler(async (error, _request, reply) => {
    if (!(error instanceof feeds.FeedMovedError)) throw error
    return reply.header('cache-control', 'public, max-age=300').redirect(error.to, 301)
  })
}
