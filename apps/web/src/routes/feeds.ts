import { type Repo } from '@showrunner/data'
import * as feeds from '@showrunner/domain/feed'
import { type FeedDraft, writeJsonFeed, writeOpml } from '@showrunner/feeds'
import { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { addresses } from '../addresses.ts'
import { feedLinks } from '../feed-links.ts'
import { inJson } from '../json-feed.ts'
import { type ParamsOf } from '../page.ts'
import { feedsPage } from '../presenters/feeds-page.ts'
import { writeFeed } from '../write-feed.ts'
import { PERSON, PODCAST, TOPIC } from './slugs.ts'

const Query = z.object({ page: z.coerce.number().int().min(1).max(100_000).default(1) })

const RSS = 'application/rss+xml; charset=utf-8'

/** Players on other sites fetch them. */
const FROM_ANYWHERE = { 'access-control-allow-origin': '*' }

/** What a feed is read from. */
interface Asked<Params> {
  readonly repo: Repo
  readonly params: Params
  readonly asOf: Date
  readonly page: number
}

/** What the network publishes, for podcast apps, feed readers, and people who look for the addresses. */
export default async function feedRoutes(app: FastifyInstance): Promise<void> {
  const { publicUrl } = app.parts
  const outside: feeds.Outside = { publicUrl, paths: addresses }

  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(FROM_ANYWHERE)
  })
  leadMovedAway(app)

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
  declare(app, `${PODCAST}/feed`, ({ repo, params, asOf, page }) =>
    feeds.getFeed(repo, params.podcast, asOf, outside, page),
  )
  declare(app, addresses.networkFeed, ({ repo, asOf, page }) =>
    feeds.getNetworkFeed(repo, asOf, outside, page),
  )
  declare(app, addresses.postsFeed, ({ repo, asOf, page }) =>
    feeds.getPostsFeed(repo, asOf, outside, page),
  )
  declare(app, `${PERSON}/feed`, ({ repo, params, asOf, page }) =>
    feeds.getPersonFeed(repo, params.handle, asOf, outside, page),
  )
  declare(app, `${TOPIC}/feed`, ({ repo, params, asOf, page }) =>
    feeds.getTopicFeed(repo, params.topic, asOf, outside, page),
  )
}

/** A feed at this address as RSS, and at the same with `.json` as JSON Feed. */
function declare<const Address extends string>(
  app: FastifyInstance,
  address: Address,
  read: (asked: Asked<ParamsOf<Address>>) => Promise<FeedDraft>,
): void {
  const common = { query: Query, headers: FROM_ANYWHERE, link: feedLinks }
  app.document(address, {
    ...common,
    load: ({ repo, clock, params, query: { page } }) => read({ repo, params, asOf: clock(), page }),
    type: RSS,
    write: writeFeed,
  })
  // It has the same parameters.
  app.document(`${address}.json` as Address, {
    ...common,
    load: async ({ repo, clock, params, query: { page } }) =>
      inJson(await read({ repo, params, asOf: clock(), page })),
    type: 'application/feed+json; charset=utf-8',
    write: writeJsonFeed,
  })
}

/** Who asks for the feed of a podcast that lives elsewhere by now is led there. */
function leadMovedAway(app: FastifyInstance): void {
  app.setErrorHandler(async (error, _request, reply) => {
    if (!(error instanceof feeds.FeedMovedError)) throw error
    return reply.header('cache-control', 'public, max-age=300').redirect(error.to, 301)
  })
}
