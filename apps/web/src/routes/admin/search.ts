import * as admin from '@showrunner/domain/admin'
import * as people from '@showrunner/domain/people'
import { FOUND_TYPES, searchDesk } from '@showrunner/domain/search'
import { lastSaid } from '@showrunner/domain/sponsors'
import { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parse } from '../../parse.ts'
import { RowId } from '../../row-id.ts'
import { addresses } from '../../addresses.ts'
import { choicesPart, foundOptions, searchPage } from '../../presenters/admin/search.ts'

const Asked = z.object({
  q: z.string().max(200).default(''),
  type: z.enum(FOUND_TYPES).optional(),
  podcast: RowId.optional(),
})

/** How many a page of what was found shows of each type; the palette shows fewer. */
const ON_PAGE = 50

export default function searchRoutes(app: FastifyInstance): void {
  app.get(addresses.admin.search, async ({ actor, repo, query }, reply) => {
    admin.mayOrThrow(actor, 'search')
    const { q, type } = parse(Asked, query)
    const found = await searchDesk(repo, actor, q, {
      ...(type && { types: [type] }),
      most: ON_PAGE,
    })
    const frame = await reply.adminFrame({ title: 'Search', section: null })
    return reply.html('admin/search/show', searchPage(frame, q, found))
  })

  // What the palette lists while somebody types: links.
  app.get(addresses.admin.palette, async ({ actor, repo, query }, reply) => {
    admin.mayOrThrow(actor, 'search')
    const { q } = parse(Asked, query)
    const found = await searchDesk(repo, actor, q, { most: 5 })
    return reply.html('admin/search/links', foundOptions(actor, q, found))
  })

  // What a picker lists: choices.
  app.get(addresses.admin.choices, async ({ actor, repo, query }, reply) => {
    admin.mayOrThrow(actor, 'search')
    const { q, type = 'people', podcast } = parse(Asked, query)
    const found = await searchDesk(repo, actor, q, { types: [type] })
    const adds = type === 'people' && people.may(actor, 'create') && q.trim() !== ''
    const ids = type === 'sponsors' ? found.map(({ id }) => id) : []
    const said = await lastSaid(repo, ids, podcast)
    return reply.html('admin/search/choices', choicesPart(found, adds ? q.trim() : null, said))
  })
}
