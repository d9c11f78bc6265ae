import fastifyFormbody from '@fastify/formbody'
import * as issues from '@showrunner/domain/issues'
import * as limits from '@showrunner/domain/limits'
import { findPodcast } from '@showrunner/domain/podcasts'
import * as subscriptions from '@showrunner/domain/subscriptions'
import { type FastifyInstance, type FastifyReply } from 'fastify'
import { z } from 'zod'
import { addresses } from '../addresses.ts'
import { parse } from '../parse.ts'
import { noticePage } from '../presenters/notice-page.ts'
import { confirmSubscriptionPage, subscribePage } from '../presenters/subscription-pages.ts'
import { sitsHere, visitorAt } from '../visitor.ts'
import ownSubscriptionRoutes from './own-subscriptions.ts'
import unsubscribeRoutes from './unsubscribe.ts'

const LINK = '/subscribe/:token'

const LINKS_TRIED: limits.Limit = { name: 'subscription links tried', most: 60, perMs: 10 * 60_000 }

const Slug = z.string().max(200)
const Wanted = z.object({
  to: z.enum(['newsletter']).optional().catch(undefined),
  podcast: Slug.default(''),
  episode: Slug.optional().transform((slug) => (slug === '' ? undefined : slug)),
})
const Typed = z.object({
  email: z.string().max(1000).optional(),
  website: z.string().max(1000).optional(),
})

interface Token {
  Params: { token: string }
}

/** Anybody has new episodes mailed, and ends that again. For one visitor only, and kept by no cache. */
export default async function subscriptionRoutes(app: FastifyInstance): Promise<void> {
  await app.register(fastifyFormbody)
  // With one click mail programs may send a form in parts. What is in it says nothing that the address does not.
  app.addContentTypeParser('multipart/form-data', { parseAs: 'string' }, (_request, _body, done) =>
    done(null, {}),
  )
  app.addHook('onSend', (_request, reply, _payload, done) => {
    // An address here may hold a token.
    reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin' })
    done()
  })

  ask(app)
  confirm(app)
  unsubscribeRoutes(app)
  ownSubscriptionRoutes(app)
}

function ask(app: FastifyInstance): void {
  const { repo, clock, keepsMail, publicUrl } = app.parts

  const wanted = async ({ to, ...slugs }: z.output<typeof Wanted>) => {
    if (to === undefined) return subscriptions.findSubject(repo, slugs, clock())
    return (await issues.hasIssues(repo, clock())) ? subscriptions.NEWSLETTER : undefined
  }

  app.get(addresses.subscribe, async (request, reply) => {
    const subject = await wanted(parse(Wanted, request.query))
    if (!subject) return reply.redirect(addresses.podcasts, 303)
    const person = (await request.session())?.person
    return reply.html('subscription/new', subscribePage(await app.site(), subject, { person }))
  })

  app.post(addresses.subscribe, async (request, reply) => {
    const body = request.body ?? {}
    const subject = await wanted(parse(Wanted, body))
    if (!subject) return reply.redirect(addresses.podcasts, 303)
    const here = await request.session()
    // Whoever acts in somebody's name subscribes them to nothing.
    const person = here?.masquerader ? undefined : here?.person
    const typed = parse(Typed, body)
    const asking = { visitor: visitorAt(request.ip), person }
    const asked = await subscriptions.askToSubscribe(repo, subject, typed, asking, clock())
    if (asked.ok) {
      return reply.redirect(asked.isDone ? addresses.subscribed : addresses.subscribeSent, 303)
    }
    const { email = '' } = typed
    const shown = { person, email, changeset: asked.changeset }
    return reply.code(422).html('subscription/new', subscribePage(await app.site(), subject, shown))
  })

  app.get(addresses.subscribeSent, async (request, reply) => {
    const notice = noticePage(
      await app.site(),
      (words) => words.account.signIn.look,
      addresses.subscribeSent,
    )
    const hasMailbox = keepsMail === true && sitsHere(request, publicUrl)
    return reply.html('subscription/sent', { ...notice, hasMailbox })
  })

  app.get(addresses.subscribed, async (_request, reply) => {
    const notice = noticePage(
      await app.site(),
      (words) => words.subscription.youAre,
      addresses.subscribed,
    )
    return reply.html('subscription/done', notice)
  })
}

function confirm(app: FastifyInstance): void {
  const { repo, clock } = app.parts

  // Mail programs open links to look at them, so looking begins nothing: the button does.
  app.get<Token>(LINK, async (request, reply) => {
    const { token } = request.params
    await limits.spend(repo, LINKS_TRIED, visitorAt(request.ip), clock())
    const kept = await subscriptions.findUnconfirmedSubscription(repo, token, clock())
    if (!kept) {
      // Where a link is by now the original had its form for a show.
      const show = await findPodcast(repo, token)
      return show ? reply.redirect(addresses.subscribeTo(show.slug), 301) : spent(app, reply)
    }
    const page = confirmSubscriptionPage(await app.site(), token, {
      email: kept.email,
      podcast: kept.podcast ?? null,
      episode: kept.episode ?? null,
    })
    return reply.html('subscription/confirm', page)
  })

  app.post<Token>(LINK, async (request, reply) => {
    await limits.spend(repo, LINKS_TRIED, visitorAt(request.ip), clock())
    const begun = await subscriptions.confirmSubscription(repo, request.params.token, clock())
    return begun ? reply.redirect(addresses.subscribed, 303) : spent(app, reply)
  })
}

async function spent(app: FastifyInstance, reply: FastifyReply): Promise<FastifyReply> {
  const notice = noticePage(
    await app.site(),
    (words) => words.account.signIn.spentTitle,
    addresses.subscribe,
  )
  return reply.code(410).html('subscription/spent', notice)
}
