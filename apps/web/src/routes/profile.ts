import * as accounts from '@showrunner/domain/accounts'
import * as limits from '@showrunner/domain/limits'
import * as people from '@showrunner/domain/people'
import { repoFor } from '@showrunner/domain/policies'
import { sponsorsOf } from '@showrunner/domain/sponsors'
import { type FastifyInstance, type FastifyReply } from 'fastify'
import { z } from 'zod'
import { addresses } from '../addresses.ts'
import { parse } from '../parse.ts'
import { noticePage } from '../presenters/notice-page.ts'
import { profilePage, type ProfileShown } from '../presenters/profile-page.ts'
import { visitorAt } from '../visitor.ts'
import { refuseMasquerade } from './masquerade.ts'
import { toSignIn } from './to-sign-in.ts'

const SAVED = 'showrunner_saved'
const SENT = 'showrunner_new_address'
const SENT_SECONDS = 15 * 60
const LINK = `${addresses.changeEmail}/:token`

const LINKS_TRIED: limits.Limit = { name: 'address links tried', most: 30, perMs: 10 * 60_000 }

const Body = z.record(z.string(), z.unknown()).default({})

interface Token {
  Params: { token: string }
}

/** What somebody says of themselves, and the address they sign in with. */
export default function profileRoutes(app: FastifyInstance): void {
  const { repo, publicUrl } = app.parts
  const secure = publicUrl.startsWith('https:')
  const once = { path: addresses.account, httpOnly: true, sameSite: 'lax', secure } as const

  app.get(addresses.account, async (request, reply) => {
    const here = await request.session()
    if (!here) return toSignIn(request, reply)
    const isSaved = request.cookies[SAVED] !== undefined
    if (isSaved) reply.clearCookie(SAVED, once)
    return profile(app, reply, here, { changeset: people.editProfile(here.person), isSaved })
  })

  app.post(addresses.account, async (request, reply) => {
    const here = await request.session()
    if (!here) return toSignIn(request, reply)
    // What is changed in somebody else's name is written down with both.
    const account = await accounts.accountOf(repo, here.person, here.masquerader)
    const theirs = repoFor(account, repo)
    const saved = await people.updateProfile(theirs, here.person, parse(Body, request.body))
    if (!saved.ok) return profile(app, reply.code(422), here, { changeset: saved.changeset })
    return reply.setCookie(SAVED, 'yes', { ...once, maxAge: 60 }).redirect(addresses.account, 303)
  })

  askForAddress(app)
  useAddress(app)
}

async function profile(
  app: FastifyInstance,
  reply: FastifyReply,
  { person, masquerader }: accounts.SessionWithPerson,
  shown: Omit<ProfileShown, 'account' | 'hosted' | 'sponsored'>,
): Promise<FastifyReply> {
  const { repo } = app.parts
  const [site, account, hosted, sponsored] = await Promise.all([
    app.site(),
    accounts.accountOf(repo, person, masquerader),
    people.listHosted(repo, person),
    sponsorsOf(repo, person),
  ])
  return reply.html('account/profile', profilePage(site, { account, hosted, sponsored, ...shown }))
}

function askForAddress(app: FastifyInstance): void {
  const { repo, clock, publicUrl } = app.parts
  const secure = publicUrl.startsWith('https:')
  const sentOnly = { path: addresses.changeEmail, httpOnly: true, sameSite: 'lax', secure } as const

  app.post(addresses.changeEmail, async (request, reply) => {
    const here = await request.session()
    if (!here) return toSignIn(request, reply)
    if (here.masquerader) return refuseMasquerade(app, reply, here)
    const { person } = here
    const asking = {
      person,
      visitor: visitorAt(request.ip),
      page: publicUrl + addresses.changeEmail,
    }
    const params = parse(Body, request.body)
    const asked = await accounts.requestEmailChange(repo, asking, params, clock())
    if (!asked.ok) {
      const changeset = people.editProfile(person)
      return profile(app, reply.code(422), here, { changeset, asked: asked.changeset })
    }
    // Shown once more, to be looked at for typing mistakes; not in an address bar, and so in no log.
    return reply
      .setCookie(SENT, asked.value.email, { ...sentOnly, maxAge: SENT_SECONDS })
      .redirect(addresses.changeEmailSent, 303)
  })

  app.get(addresses.changeEmailSent, async (request, reply) => {
    const notice = noticePage(
      await app.site(),
      (words) => words.account.signIn.look,
      addresses.changeEmailSent,
    )
    return reply.html('account/address-sent', { ...notice, email: request.cookies[SENT] ?? null })
  })
}

function useAddress(app: FastifyInstance): void {
  const { repo, clock } = app.parts

  // Mail programs open links to look at them, so looking changes nothing: the button does.
  app.get<Token>(LINK, async (request, reply) => {
    const { token } = request.params
    const here = await request.session()
    if (!here) return toSignIn(request, reply)
    if (here.masquerader) return refuseMasquerade(app, reply, here)
    const change = await accounts.findEmailChange(repo, here.person, token, clock())
    if (!change) return spent(app, reply)
    return reply.html('account/use-address', {
      ...noticePage(await app.site(), (words) => words.account.address.use, addresses.changeEmail),
      action: addresses.useEmail(token),
      name: here.person.name,
      email: change.email,
    })
  })

  app.post<Token>(LINK, async (request, reply) => {
    await limits.spend(repo, LINKS_TRIED, visitorAt(request.ip), clock())
    const here = await request.session()
    if (!here) return toSignIn(request, reply)
    if (here.masquerader) return refuseMasquerade(app, reply, here)
    const { token } = request.params
    const saved = await accounts.useEmailChange(repo, here.person, token, clock())
    if (!saved) return spent(app, reply)
    if (saved.ok) return reply.redirect(addresses.account, 303)

    const notice = noticePage(
      await app.site(),
      (words) => words.account.address.takenTitle,
      addresses.changeEmail,
    )
    return reply.code(409).html('account/address-taken', notice)
  })
}

async function spent(app: FastifyInstance, reply: FastifyReply): Promise<FastifyReply> {
  const notice = noticePage(
    await app.site(),
    (words) => words.account.signIn.spentTitle,
    addresses.changeEmail,
  )
  return reply.code(410).html('account/address-spent', notice)
}
