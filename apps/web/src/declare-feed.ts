import { type Repo } from '@showrunner/data'
import { type FeedDraft, writeJsonFeed } from '@showrunner/feeds'
import { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { feedLinks } from './feed-links.ts'
import { inJson } from './json-feed.ts'
import { type ParamsOf } from './page.ts'
import { writeFeed } from './write-feed.ts'

const Query = z.object({ page: z.coerce.number().int().min(1).max(100_000).default(1) })

export const RSS = 'application/rss+xml; charset=utf-8'

/** Players on other sites fetch them. */
export const FROM_ANYWHERE = { 'access-control-allow-origin': '*' }

/** What a feed is read from. */
interface Asked<Params> {
  readonly repo: Repo
  readonly params: Params
  readonly asOf: Date
  readonly page: number
}

/** A feed at this address as RSS, and at the same with `.json` as JSON Feed. */
export function declareFeed<const Address extends string>(
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
