import fastifyCookie, { type CookieSerializeOptions } from '@fastify/cookie'
import fastifyFormbody from '@fastify/formbody'
import * as accounts from '@showrunner/domain/accounts'
import { type FastifyInstance, type FastifyReply } from 'fastify'
import { addresses } from '../addresses.ts'
import { noticePage } from '../presenters/notice-page.ts'

const SESSION = 'showrunner_session'
const LINK = '/in/:token'

interface Token {
  Params: { token: string }
}

export default async function accountRoutes(app: FastifyInstance): Promise<void> {
  const { repo, clock, publicUrl } = app.parts
  const cookie = cookieOptions(publicUrl)

  await app.register(fastifyCookie)
  await app.register(fastifyFormbody)

  app.get(addresses.signedIn, async (request, reply) => {
    const token = request.cookies[SESSION]
    const person = token ? await accounts.personForSession(repo, token, clock()) : undefined

    return person ? signedIn(app, reply, person.name) : signedOut(app, reply)
  })

  // Mail programs open links to look at them, so looking signs nobody in: the button does.
  app.get<Token>(LINK, async (request, reply) => {
    const { token } = request.params
    const works = await accounts.signInLinkWorks(repo, token, clock())

    return works ? signIn(app, reply, token) : linkSpent(app, reply)
  })

  app.post<Token>(LINK, async (request, reply) => {
    const agent = request.headers['user-agent'] ?? null
    const signed = await accounts.signIn(repo, request.params.token, clock(), agent)
    if (!signed) return linkSpent(app, reply)

    return reply
      .setCookie(SESSION, signed.token, { ...cookie, expires: signed.expiresAt })
      .redirect(addresses.signedIn, 303)
  })

  app.post(addresses.signOut, async (request, reply) => {
    const token = request.cookies[SESSION]
    if (token) await accounts.signOut(repo, token)

    return reply.clearCookie(SESSION, cookie).redirect(addresses.signedIn, 303)
  })
}

function cookieOptions(publicUrl: string): CookieSerializeOptions {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: publicUrl.startsWith('https:') }
}

async function signedIn(app: FastifyInstance, reply: FastifyReply, name: string) {
  const notice = noticePage(await app.site(), 'You are signed in', addresses.signedIn)
  return personal(reply).html('account/signed-in', { ...notice, name })
}

async function signedOut(app: FastifyInstance, reply: FastifyReply) {
  const notice = noticePage(await app.site(), 'Sign in', addresses.signedIn)
  return personal(reply).html('account/signed-out', notice)
}

async function signIn(app: FastifyInstance, reply: FastifyReply, token: string) {
  const notice = noticePage(await app.site(), 'Sign in', addresses.signedIn)
  return personal(reply).html('account/sign-in', { ...notice, action: addresses.signIn(token) })
}

async function linkSpent(app: FastifyInstance, reply: FastifyReply) {
  const notice = noticePage(await app.site(), 'This link no longer works', addresses.signedIn)
  return personal(reply.code(410)).html('account/link-spent', notice)
}

/** For one visitor only, and the address, which may hold a token, is told to nobody. */
function personal(reply: FastifyReply): FastifyReply {
  return reply.header('referrer-policy', 'no-referrer')
}
