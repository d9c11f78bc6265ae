import fastifyFormbody from '@fastify/formbody'
import { findPodcast } from '@showrunner/domain/podcasts'
import * as requests from '@showrunner/domain/requests'
import { type FastifyInstance, type FastifyReply } from 'fastify'
import { z } from 'zod'
import { addresses } from '../addresses.ts'
import { parse } from '../parse.ts'
import { noticePage } from '../presenters/notice-page.ts'
import { requestPage } from '../presenters/request-page.ts'
import { confirmRequestPage, requestStatusPage } from '../presenters/request-status-page.ts'
import { sitsHere, visitorAt } from '../visitor.ts'

const LINK = '/request/:token'

const Wanted = z.object({ podcast: z.string().max(100).optional() })
const Form = z.record(z.string(), z.string().max(20_000))
const Message = z.object({ body: z.string().max(20_000).default('') })

interface Token {
  Params: { token: string }
}

/** Anybody asks for an episode, and follows what becomes of it. For one visitor only, and kept by no cache. */
export default async function requestRoutes(app: FastifyInstance): Promise<void> {
  await app.register(fastifyFormbody)
  app.addHook('onSend', (_request, reply, _payload, done) => {
    // An address here may hold a token.
    reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin' })
    done()
  })

  ask(app)
  follow(app)
}

function ask(app: FastifyInstance): void {
  const { repo, clock, keepsMail, publicUrl } = app.parts

  app.get(addresses.request, async (request, reply) => {
    const { podcast = '' } = parse(Wanted, request.query)
    const [site, session, podcasts] = await Promise.all([
      app.site(),
      request.session(),
      requests.listAskable(repo),
    ])
    const page = requestPage(site, {
      podcasts,
      person: session?.person,
      typed: podcast === '' ? {} : { podcast },
    })
    return reply.html('request/new', page)
  })

  app.post(addresses.request, async (request, reply) => {
    const typed = parse(Form, request.body ?? {})
    const person = (await request.session())?.person
    const visitor = visitorAt(request.ip)
    const submitted = await requests.submitRequest(repo, typed, { visitor, person }, clock())
    if (submitted.ok) {
      const { token } = submitted
      const next = token === undefined ? addresses.requestSent : addresses.requestByToken(token)
      return reply.redirect(next, 303)
    }

    const { changeset } = submitted
    const [site, podcasts] = await Promise.all([app.site(), requests.listAskable(repo)])
    const page = requestPage(site, { podcasts, person, typed, changeset })
    return reply.code(422).html('request/new', page)
  })

  app.get(addresses.requestSent, async (request, reply) => {
    const notice = noticePage(
      await app.site(),
      (words) => words.account.signIn.look,
      addresses.requestSent,
    )
    const hasMailbox = keepsMail === true && sitsHere(request, publicUrl)
    return reply.html('request/sent', { ...notice, hasMailbox })
  })
}

function follow(app: FastifyInstance): void {
  const { repo, clock } = app.parts

  // Mail programs open links to look at them, so looking hands nothing on: the button does.
  app.get<Token>(LINK, async (request, reply) => {
    const { token } = request.params
    const [site, found] = await Promise.all([
      app.site(),
      requests.findRequestByToken(repo, token, clock()),
    ])
    if (found) {
      const page = requestStatusPage(site, token, found, { asOf: clock() })
      return reply.html('request/show', page)
    }
    const kept = await requests.findUnconfirmed(repo, token, clock())
    if (!kept) {
      // Where a link is by now the original had its form for a show.
      const show = await findPodcast(repo, token)
      return show ? reply.redirect(addresses.requestFor(show.slug), 301) : linkSpent(app, reply)
    }
    return reply.html('request/confirm', confirmRequestPage(site, token, kept))
  })

  app.post<Token>(`${LINK}/confirm`, async (request, reply) => {
    const { token } = request.params
    const isThere =
      (await requests.confirmRequest(repo, token, clock())) ??
      (await requests.findRequestByToken(repo, token, clock()))
    return isThere ? reply.redirect(addresses.requestByToken(token), 303) : linkSpent(app, reply)
  })

  app.post<Token>(`${LINK}/messages`, async (request, reply) => {
    const { token } = request.params
    const { body } = parse(Message, request.body ?? {})
    const found = await requests.findRequestByToken(repo, token, clock())
    if (!found) return linkSpent(app, reply)

    const saved = await requests.replyToRequest(repo, found, { body }, clock())
    if (saved.ok) return reply.redirect(addresses.requestByToken(token), 303)

    const { changeset } = saved
    const page = requestStatusPage(await app.site(), token, found, {
      asOf: clock(),
      reply: { body, changeset },
    })
    return reply.code(422).html('request/show', page)
  })
}

async function linkSpent(app: FastifyInstance, reply: FastifyReply): Promise<FastifyReply> {
  const notice = noticePage(
    await app.site(),
    (words) => words.account.signIn.spentTitle,
    addresses.request,
  )
  return reply.code(410).html('request/link-spent', notice)
}
