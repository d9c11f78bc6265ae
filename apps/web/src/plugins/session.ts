import fastifyCookie, { type CookieSerializeOptions } from '@fastify/cookie'
import * as accounts from '@showrunner/domain/accounts'
import { type FastifyInstance, type FastifyReply } from 'fastify'
import { announceVisitor, concealVisitor } from '../visitor-cookie.ts'

const SESSION = 'showrunner_session'

/** `request.session()` says who asks, `app.sessionIn(cookies)` who connects; `reply.beginSession()` and `reply.endSession()` are about the browser's cookie. */
export default async function session(app: FastifyInstance): Promise<void> {
  const { repo, clock, publicUrl } = app.parts
  const cookie: CookieSerializeOptions = {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: publicUrl.startsWith('https:'),
  }
  await app.register(fastifyCookie)

  app.decorateRequest('sessionToken', function sessionToken() {
    return this.cookies[SESSION]
  })

  const found = async (token: string | undefined) =>
    token ? accounts.findSession(repo, token, clock()) : undefined

  app.decorateRequest('session', async function session() {
    return found(this.sessionToken())
  })

  app.decorate('sessionIn', async (cookies: string | undefined) =>
    found(cookies === undefined ? undefined : app.parseCookie(cookies)[SESSION]),
  )

  app.decorateReply(
    'beginSession',
    function begin(this: FastifyReply, { token, endsAt }: accounts.SignedIn) {
      this.setCookie(SESSION, token, { ...cookie, expires: endsAt })
      return announceVisitor(this, endsAt)
    },
  )

  app.decorateReply('endSession', function end(this: FastifyReply) {
    return concealVisitor(this.clearCookie(SESSION, cookie))
  })
}
