import * as accounts from '@showrunner/domain/accounts'
import * as limits from '@showrunner/domain/limits'
import { type FastifyInstance, type FastifyReply } from 'fastify'
import { z } from 'zod'
import { addresses } from '../addresses.ts'
import { ownerOf } from '../channels/visitor.ts'
import { localPath } from '../local-path.ts'
import { parse } from '../parse.ts'
import { masqueradeBar } from '../presenters/masquerade-bar.ts'
import { noticePage } from '../presenters/notice-page.ts'
import { signInPage } from '../presenters/sign-in-page.ts'
import { sitsHere, visitorAt } from '../visitor.ts'
import { afterSignIn, hasWork } from './after-sign-in.ts'

const LINK = '/in/:token'
const SENT = 'showrunner_sent'
const SENT_SECONDS = 15 * 60

const LINKS_TRIED: limits.Limit = { name: 'sign-in links tried', most: 30, perMs: 10 * 60_000 }

const Wanted = z.object({ next: z.string().max(2_000).optional() })
const Form = Wanted.extend({ email: z.string().max(2_000).default('') })
const Joining = z.object({ name: z.string().max(2_000).optional() })

interface Token {
  Params: { token: string }
}

export default function signInRoutes(app: FastifyInstance): void {
  askForLink(app)
  useLink(app)

  app.post(addresses.signOut, async (request, reply) => {
    const [token, here] = [request.sessionToken(), await request.session()]
    if (token) await accounts.signOut(app.parts.repo, token)
    if (here) app.disconnect(ownerOf(here))
    return reply.endSession().redirect(addresses.signedIn, 303)
  })
}

function askForLink(app: FastifyInstance): void {
  const { repo, clock, publicUrl, keepsMail, github } = app.parts
  const hasGithub = github !== undefined
  const secure = publicUrl.startsWith('https:')
  const sentOnly = { path: addresses.linkSent, httpOnly: true, sameSite: 'lax', secure } as const

  app.get(addresses.signedIn, async (request, reply) => {
    const [site, session] = await Promise.all([app.site(), request.session()])
    if (!session) {
      const next = localPath(parse(Wanted, request.query).next)
      return reply.html('account/sign-in', signInPage(site, { next, hasGithub }))
    }
    const notice = noticePage(site, site.words.account.signedIn.title, addresses.signedIn)
    const { person } = session
    return reply.html('account/signed-in', {
      ...notice,
      masquerade: masqueradeBar(session),
      name: person.name,
      hasWork: await hasWork(repo, person),
    })
  })

  app.post(addresses.signedIn, async (request, reply) => {
    const { email, next: given } = parse(Form, request.body ?? {})
    const next = localPath(given)
    const params = { email, nextPath: next ?? null }
    const asked = await accounts.requestSignIn(repo, params, visitorAt(request.ip), clock())
    if (!asked.ok) {
      const { changeset } = asked
      const page = signInPage(await app.site(), { email, next, hasGithub, changeset })
      return reply.code(422).html('account/sign-in', page)
    }
    // The address is shown once more, to be looked at for typing mistakes; not in an address bar, and so in no log.
    return reply
      .setCookie(SENT, asked.value.email, { ...sentOnly, maxAge: SENT_SECONDS })
      .redirect(addresses.linkSent, 303)
  })

  app.get(addresses.linkSent, async (request, reply) => {
    const notice = noticePage(
      await app.site(),
      (words) => words.account.signIn.look,
      addresses.linkSent,
    )
    const email = request.cookies[SENT] ?? null
    const hasMailbox = keepsMail === true && sitsHere(request, publicUrl)
    return reply.html('account/link-sent', { ...notice, email, hasMailbox })
  })
}

function useLink(app: FastifyInstance): void {
  const { repo, clock } = app.parts

  // Mail programs open links to look at them, so looking signs nobody in: the button does.
  app.get<Token>(LINK, async (request, reply) => {
    const { token } = request.params
    const [site, link] = await Promise.all([
      app.site(),
      accounts.findSignInLink(repo, token, clock()),
    ])
    if (!link) return linkSpent(app, reply)
    const { person, email } = link
    return reply.html('account/use-link', {
      ...noticePage(
        site,
        person ? site.words.account.signIn.title : site.words.account.joinNetwork(site.title),
        addresses.signedIn,
      ),
      action: addresses.signIn(token),
      name: person?.name ?? null,
      email,
    })
  })

  app.post<Token>(LINK, async (request, reply) => {
    await limits.spend(repo, LINKS_TRIED, visitorAt(request.ip), clock())
    const { name } = parse(Joining, request.body ?? {})
    const signed = await accounts.signIn(repo, request.params.token, clock(), {
      name,
      userAgent: request.headers['user-agent'] ?? null,
      previous: request.sessionToken(),
    })
    if (!signed) return linkSpent(app, reply)

    const next = await afterSignIn(repo, signed, signed.nextPath)
    return reply.beginSession(signed).redirect(next, 303)
  })
}

async function linkSpent(app: FastifyInstance, reply: FastifyReply): Promise<FastifyReply> {
  const notice = noticePage(
    await app.site(),
    (words) => words.account.signIn.spentTitle,
    addresses.signedIn,
  )
  return reply.code(410).html('account/link-spent', notice)
}
