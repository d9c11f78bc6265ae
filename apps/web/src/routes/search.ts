import * as limits from '@showrunner/domain/limits'
import { LONGEST_TEXT, search, SearchBusyError, suggest } from '@showrunner/domain/search'
import { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { addresses } from '../addresses.ts'
import { parse } from '../parse.ts'
import { searchPage, type SearchQuery, suggestionsPart } from '../presenters/search-page.ts'
import { visitorAt } from '../visitor.ts'

const SEARCHES: limits.Limit = { name: 'searches', most: 60, perMs: 60_000 }
const SUGGESTIONS: limits.Limit = { name: 'search suggestions', most: 300, perMs: 60_000 }

const Text = z
  .string()
  .catch('')
  .transform((text) => text.trim().slice(0, LONGEST_TEXT))
const FORMER = 1900
const LATER = 2200

// What nobody could have clicked is as if it was not there: a search never fails for its address.
const Query = z.object({
  q: Text,
  show: Text.transform((slug) => (slug === '' ? undefined : slug)),
  year: z.coerce.number().int().min(FORMER).max(LATER).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(1000).catch(1),
})
const Typed = z.object({ q: Text })

/** Anybody looks for anything that anybody may see. There are as many pages of it as words: none is kept. */
export default async function searchRoutes(app: FastifyInstance): Promise<void> {
  const { repo, clock } = app.parts

  app.get(addresses.search, async (request, reply) => {
    const asked: SearchQuery = parse(Query, request.query)
    const site = await app.site()
    if (asked.q === '') return reply.html('search/show', searchPage(site, asked, null))
    await limits.spend(repo, SEARCHES, visitorAt(request.ip), clock())
    try {
      const { q: text, show: podcast, year, page } = asked
      const answer = await search(repo, { text, podcast, year, page, now: clock() })
      return reply.html('search/show', searchPage(site, asked, answer))
    } catch (error) {
      if (!(error instanceof SearchBusyError)) throw error
      request.log.warn({ err: error }, 'a search took too long')
      return reply.code(503).html('search/show', searchPage(site, asked, null, true))
    }
  })

  app.get(addresses.searchSuggestions, async (request, reply) => {
    const { q } = parse(Typed, request.query)
    await limits.spend(repo, SUGGESTIONS, visitorAt(request.ip), clock())
    const found = await suggest(repo, { text: q, now: clock() })
    return reply.html('search/suggestions', suggestionsPart(found, q, (await app.site()).words))
  })
}
