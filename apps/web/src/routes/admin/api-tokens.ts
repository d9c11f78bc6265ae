import * as apiTokens from '@showrunner/domain/api-tokens'
import { type FastifyInstance } from 'fastify'
import { addresses } from '../../addresses.ts'
import { listQuery } from '../../admin/list-query.ts'
import { withId } from '../../admin/with-id.ts'
import { apiTokenDesk, apiTokenList } from '../../presenters/admin/api-tokens.ts'

const { admin } = addresses

interface Id {
  Params: { id: string }
}

/** The tokens of everybody's programs, for who has to stop one. */
export default function apiTokenRoutes(app: FastifyInstance): void {
  const { clock } = app.parts

  app.get(admin.apiTokens, async ({ actor, repo, query }, reply) => {
    apiTokens.mayOrThrow(actor, 'list')
    const asked = listQuery(query, apiTokens.API_TOKEN_SORTS)
    const found = await apiTokens.searchTokens(repo, asked)
    const frame = await reply.adminFrame({ title: 'API tokens', section: 'tokens' })
    return reply.html('admin/list/show', apiTokenList(frame, actor, asked, found, clock()))
  })

  app.get<Id>(admin.apiToken(':id'), async ({ actor, repo, params }, reply) => {
    apiTokens.mayOrThrow(actor, 'list')
    const token = await apiTokens.getTokenById(repo, withId(params))
    const frame = await reply.adminFrame({
      title: token.name,
      section: 'tokens',
      crumbs: [{ title: 'API tokens', href: admin.apiTokens }],
    })
    return reply.html('admin/tokens/show', apiTokenDesk(frame, actor, token, clock()))
  })

  app.post<Id>(admin.revokeApiToken(':id'), async ({ actor, repo, params }, reply) => {
    apiTokens.mayOrThrow(actor, 'list')
    const token = await apiTokens.getTokenById(repo, withId(params))
    apiTokens.mayOrThrow(actor, 'delete', token)
    await apiTokens.revokeToken(repo, token)
    return reply.flash(`“${token.name}” is taken back.`).redirect(admin.apiTokens, 303)
  })
}
