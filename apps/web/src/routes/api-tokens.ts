import * as accounts from '@showrunner/domain/accounts'
import * as apiTokens from '@showrunner/domain/api-tokens'
import { repoFor } from '@showrunner/domain/policies'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addresses } from '../addresses.ts'
import { parse } from '../parse.ts'
import {
  apiTokenForm,
  apiTokensPage,
  type MadeSecret,
  type TokenSaid,
} from '../presenters/api-tokens-page.ts'
import { refuseMasquerade } from './masquerade.ts'
import { toSignIn } from './to-sign-in.ts'

const MADE = 'showrunner_api_token'
const MADE_SECONDS = 60
const MADE_VALUE = /^(\d{1,15}):([\w-]{40,80})$/

const Id = z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) })
const Body = z.record(z.string(), z.unknown()).default({})

const BEGINNING: TokenSaid = {
  scopes: [...apiTokens.SCOPES],
  podcasts: [],
  allPodcasts: 'true',
  lasts: '90',
}

type Answer = (
  here: accounts.SessionWithPerson,
  actor: accounts.Account,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<FastifyReply>

/** The tokens somebody makes for programs of theirs. Each is shown when it is made, and never again. */
export default function apiTokenRoutes(app: FastifyInstance): void {
  const { repo, clock } = app.parts

  app.get(
    addresses.apiTokens,
    asThemselves(app, async (here, actor, request, reply) => {
      const made = madeIn(request.cookies[MADE])
      if (made) reply.clearCookie(MADE, { path: addresses.apiTokens })
      const [site, tokens] = await Promise.all([
        app.site(),
        apiTokens.listOwnTokens(repo, here.person),
      ])
      const mayCreate = apiTokens.may(actor, 'create', { personId: here.person.id })
      const shown = { here, tokens, mayCreate, made, asOf: clock() }
      return reply.html('account/tokens', apiTokensPage(site, shown))
    }),
  )

  app.get(
    addresses.newApiToken,
    asThemselves(app, async (here, actor, _request, reply) => {
      apiTokens.mayOrThrow(actor, 'create', { personId: here.person.id })
      return form(app, reply, here, actor, { changeset: apiTokens.newApiToken(), said: BEGINNING })
    }),
  )

  app.post(
    addresses.apiTokens,
    asThemselves(app, async (here, actor, request, reply) => {
      apiTokens.mayOrThrow(actor, 'create', { personId: here.person.id })
      const { name, ...said } = sent(request)
      const made = await apiTokens.createToken(
        repoFor(actor, repo),
        actor,
        { name, ...said },
        clock(),
      )
      if (made.ok) return shown(app, reply, made.value.id, made.secret)
      return form(app, reply.code(422), here, actor, { changeset: made.changeset, said })
    }),
  )

  app.post(
    addresses.revokeApiToken(':id'),
    asThemselves(app, async (_here, actor, request, reply) => {
      const token = await apiTokens.getTokenById(repo, parse(Id, request.params).id)
      // What administrators do with those of others, they do in the admin area.
      apiTokens.mayOrThrow({ ...actor, isAdmin: false }, 'delete', token)
      await apiTokens.revokeToken(repoFor(actor, repo), token)
      return reply.redirect(addresses.apiTokens, 303)
    }),
  )
}

/** Answers who is signed in and acts in nobody else's name. */
function asThemselves(app: FastifyInstance, answer: Answer) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const here = await request.session()
    if (!here) return toSignIn(request, reply)
    if (here.masquerader) return refuseMasquerade(app, reply, here)
    return answer(here, await accounts.accountOf(app.parts.repo, here.person), request, reply)
  }
}

/** To the page that shows the token that was just made: not in its address, and so in no log. */
function shown(
  { parts: { publicUrl } }: FastifyInstance,
  reply: FastifyReply,
  tokenId: number,
  secret: string,
): FastifyReply {
  return reply
    .setCookie(MADE, `${tokenId}:${secret}`, {
      path: addresses.apiTokens,
      httpOnly: true,
      sameSite: 'lax',
      secure: publicUrl.startsWith('https:'),
      maxAge: MADE_SECONDS,
    })
    .redirect(`${addresses.apiTokens}#made`, 303)
}

async function form(
  app: FastifyInstance,
  reply: FastifyReply,
  here: accounts.SessionWithPerson,
  actor: accounts.Account,
  said: Pick<Parameters<typeof apiTokenForm>[1], 'changeset' | 'said'>,
): Promise<FastifyReply> {
  const [site, podcasts] = await Promise.all([
    app.site(),
    apiTokens.listTokenPodcasts(app.parts.repo, actor),
  ])
  return reply.html('account/token', apiTokenForm(site, { ...said, here, podcasts }))
}

/** What the form says; a box that is not marked is not sent. */
function sent({ body }: FastifyRequest): TokenSaid & { readonly name: unknown } {
  const said = parse(Body, body)
  const podcasts = Object.keys(said).flatMap((name) => /^show-(\d{1,15})$/.exec(name)?.[1] ?? [])
  return {
    name: said['name'],
    scopes: apiTokens.SCOPES.filter((scope) => said[`scope-${scope}`] !== undefined),
    podcasts: podcasts.map(Number),
    allPodcasts: said['allPodcasts'] === 'true' ? 'true' : 'false',
    lasts: typeof said['lasts'] === 'string' ? said['lasts'] : 'unsaid',
  }
}

function madeIn(cookie: string | undefined): MadeSecret | undefined {
  const [, tokenId, secret] = MADE_VALUE.exec(cookie ?? '') ?? []
  return secret === undefined ? undefined : { tokenId: Number(tokenId), secret }
}
