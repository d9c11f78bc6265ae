import * as accounts from '@showrunner/domain/accounts'
import * as admin from '@showrunner/domain/admin'
import * as comments from '@showrunner/domain/comments'
import { repoFor } from '@showrunner/domain/policies'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { addresses } from '../addresses.ts'
import { asLeft, cameFrom, sentFrom } from '../admin/came-from.ts'
import { localPath } from '../local-path.ts'
import { adminFrame, type AdminSubject, type Flash } from '../presenters/admin/admin-frame.ts'
import { takeForms } from './take-forms.ts'

const FLASH = 'showrunner_flash'
const FLASH_SECONDS = 60

/**
 * Lets in who has work in the admin area, and nobody else: `request.actor` is who asks, `request.repo` sees what they may
 * see. What is shown here is kept by no cache.
 */
export default async function adminPlugin(app: FastifyInstance): Promise<void> {
  const { repo, publicUrl } = app.parts
  const accountsOf = new WeakMap<FastifyRequest, accounts.Account>()
  const heardBefore = new WeakMap<FastifyRequest, string>()
  const cookie = {
    path: addresses.admin.dashboard,
    httpOnly: true,
    sameSite: 'lax',
    secure: publicUrl.startsWith('https:'),
  } as const

  await takeForms(app)

  decorateActor(app, accountsOf)

  // Last, over what every page says of itself.
  app.addHook('onSend', (request, reply, _payload, done) => {
    reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin' })
    const location = reply.getHeader('location')
    if (reply.statusCode === 303 && typeof location === 'string') {
      reply.header('location', asLeft(location, sentFrom(request.headers.referer)))
    }
    done()
  })

  app.addHook('onRequest', async (request, reply) => {
    heardBefore.set(request, app.desks.mark)
    const session = await request.session()
    if (!session) {
      toSignIn(request, reply)
      return
    }

    const actor = await accounts.accountOf(repo, session.person, session.masquerader)
    admin.mayOrThrow(actor, 'enter')
    accountsOf.set(request, actor)
  })

  app.decorateReply('flash', function flash(this: FastifyReply, words: string, kind = 'done') {
    const value = JSON.stringify({ kind, words } satisfies Flash)
    return this.setCookie(FLASH, value, { ...cookie, maxAge: FLASH_SECONDS })
  })

  app.decorateReply('adminFrame', async function frame(this: FastifyReply, subject: AdminSubject) {
    const { request } = this
    // What a browser asks for without showing it is not where something is said.
    const isShown = request.headers['x-sec-purpose'] === undefined
    const flash = isShown ? readFlash(request.cookies[FLASH]) : null
    if (flash) this.clearCookie(FLASH, cookie)
    const seen = heardBefore.get(request) ?? ''
    const { actor } = request
    const looksAfter = comments.may(actor, 'list')
    return adminFrame(await app.site(), actor, subject, {
      waitingComments: looksAfter ? await comments.countWaiting(repo) : 0,
      flash,
      seen,
      back: cameFrom(request),
    })
  })
}

function decorateActor(
  app: FastifyInstance,
  accountsOf: WeakMap<FastifyRequest, accounts.Account>,
): void {
  const { repo } = app.parts
  app.decorateRequest('actor', {
    getter() {
      const actor = accountsOf.get(this)
      if (!actor) throw new Error('Nobody was let in: only routes of the admin area have an actor.')
      return actor
    },
  })
  app.decorateRequest('repo', {
    getter() {
      return repoFor(this.actor, repo)
    },
  })
}

// A page in a browser leads to the form and back, a form to the page it was sent from, where what was typed is kept; a
// program is told that it needs a session.
function toSignIn(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
  const form = URL.parse(request.headers.referer ?? '')
  const sentFrom = form ? localPath(form.pathname + form.search) : undefined
  const wanted = isPage ? request.url : (sentFrom ?? addresses.admin.dashboard)
  return isPage || request.method === 'POST'
    ? reply.redirect(addresses.signInFor(wanted), 303)
    : reply.code(401).send({ message: 'You are signed out. Sign in and try again.' })
}

function readFlash(value: string | undefined): Flash | null {
  if (value === undefined) return null
  try {
    const { kind, words } = JSON.parse(value) as Partial<Record<keyof Flash, unknown>>
    return typeof words === 'string' && (kind === 'done' || kind === 'failed')
      ? { kind, words }
      : null
  } catch {
    // Somebody else's cookie says nothing.
    return null
  }
}
