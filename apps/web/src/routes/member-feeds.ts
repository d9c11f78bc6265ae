import * as accounts from '@showrunner/domain/accounts'
import * as memberFeeds from '@showrunner/domain/member-feeds'
import * as podcasts from '@showrunner/domain/podcasts'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addresses } from '../addresses.ts'
import { parse } from '../parse.ts'
import {
  type MadeAddress,
  memberFeedForm,
  memberFeedsPage,
} from '../presenters/member-feeds-page.ts'
import { refuseMasquerade } from './masquerade.ts'
import { toSignIn } from './to-sign-in.ts'

const MADE = 'showrunner_feed_address'
const MADE_SECONDS = 60
const MADE_VALUE = /^(\d{1,15}):([\w-]{22})$/

const Id = z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) })
const Body = z.record(z.string(), z.unknown()).default({})

/** The private feeds somebody makes for themselves. Their addresses are shown when they are made, and never again. */
export default function memberFeedRoutes(app: FastifyInstance): void {
  const { repo } = app.parts

  app.get(addresses.memberFeeds, async (request, reply) => {
    const here = await request.session()
    if (!here) return toSignIn(request, reply)
    const made = here.masquerader ? undefined : madeIn(request.cookies[MADE])
    if (made) reply.clearCookie(MADE, { path: addresses.memberFeeds })
    const { person } = here
    const [site, feeds, isMember] = await Promise.all([
      app.site(),
      memberFeeds.listOwnFeeds(repo, person),
      memberFeeds.hasFeeds(repo, person),
    ])
    const said = { here, feeds, isMember, made, joinHref: app.parts.membershipUrl ?? null }
    return reply.html('account/feeds', memberFeedsPage(site, said))
  })

  newRoutes(app)
  editRoutes(app)
}

function newRoutes(app: FastifyInstance): void {
  const { repo, clock } = app.parts

  app.get(
    addresses.newMemberFeed,
    asThemselves(app, async (here, _request, reply) => {
      await mayCreate(app, here)
      return form(app, reply, here, { changeset: memberFeeds.editMemberFeed(), chosen: [] })
    }),
  )

  app.post(
    addresses.memberFeeds,
    asThemselves(app, async (here, request, reply) => {
      await mayCreate(app, here)
      const params = sent(request)
      const saved = await memberFeeds.createMemberFeed(repo, here.person, params, clock())
      if (saved.ok) return shown(app, reply, saved.value.id, saved.token)
      const { changeset } = saved
      return form(app, reply.code(422), here, { changeset, chosen: params.podcasts })
    }),
  )
}

function editRoutes(app: FastifyInstance): void {
  const { repo, clock } = app.parts

  app.get(
    addresses.editMemberFeed(':id'),
    asThemselves(app, async (here, request, reply) => {
      const feed = await theirs(app, here, request, 'update')
      const chosen = feed.feedPodcasts.map(({ podcastId }) => podcastId)
      return form(app, reply, here, { changeset: memberFeeds.editMemberFeed(feed), chosen })
    }),
  )

  app.post(
    addresses.editMemberFeed(':id'),
    asThemselves(app, async (here, request, reply) => {
      const feed = await theirs(app, here, request, 'update')
      const params = sent(request)
      const saved = await memberFeeds.updateMemberFeed(repo, feed, params)
      if (saved.ok) return reply.redirect(addresses.memberFeeds, 303)
      const { changeset } = saved
      return form(app, reply.code(422), here, { changeset, chosen: params.podcasts })
    }),
  )

  app.post(
    addresses.rotateMemberFeed(':id'),
    asThemselves(app, async (here, request, reply) => {
      const feed = await theirs(app, here, request, 'rotate')
      return shown(app, reply, feed.id, await memberFeeds.rotateAddress(repo, feed, clock()))
    }),
  )

  app.post(
    addresses.removeMemberFeed(':id'),
    asThemselves(app, async (here, request, reply) => {
      await memberFeeds.removeMemberFeed(repo, await theirs(app, here, request, 'delete'))
      return reply.redirect(addresses.memberFeeds, 303)
    }),
  )
}

/** Answers who is signed in and acts in nobody else's name. */
function asThemselves(
  app: FastifyInstance,
  answer: (
    here: accounts.SessionWithPerson,
    request: FastifyRequest,
    reply: FastifyReply,
  ) => Promise<FastifyReply>,
) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const here = await request.session()
    if (!here) return toSignIn(request, reply)
    return here.masquerader ? refuseMasquerade(app, reply, here) : answer(here, request, reply)
  }
}

/** To the page that shows the address that was just made: not in its own address, and so in no log. */
function shown(
  { parts: { publicUrl } }: FastifyInstance,
  reply: FastifyReply,
  feedId: number,
  token: string,
): FastifyReply {
  return reply
    .setCookie(MADE, `${feedId}:${token}`, {
      path: addresses.memberFeeds,
      httpOnly: true,
      sameSite: 'lax',
      secure: publicUrl.startsWith('https:'),
      maxAge: MADE_SECONDS,
    })
    .redirect(`${addresses.memberFeeds}#made`, 303)
}

async function form(
  app: FastifyInstance,
  reply: FastifyReply,
  here: accounts.SessionWithPerson,
  said: Omit<Parameters<typeof memberFeedForm>[1], 'shows' | 'here'>,
): Promise<FastifyReply> {
  const [site, shows] = await Promise.all([app.site(), podcasts.listPodcasts(app.parts.repo)])
  return reply.html('account/feed', memberFeedForm(site, { ...said, here, shows }))
}

/** @throws NotAllowedError for who is no member. */
async function mayCreate(
  { parts: { repo } }: FastifyInstance,
  { person, masquerader }: accounts.SessionWithPerson,
): Promise<void> {
  const actor = await accounts.accountOf(repo, person, masquerader)
  const isMember = await memberFeeds.hasFeeds(repo, person)
  memberFeeds.mayOrThrow(actor, 'create', { personId: person.id, isMember })
}

/** The feed of the address, if it is theirs: what administrators do with those of others, they do in the admin area. */
async function theirs(
  { parts: { repo } }: FastifyInstance,
  { person, masquerader }: accounts.SessionWithPerson,
  { params }: FastifyRequest,
  action: 'update' | 'rotate' | 'delete',
): Promise<memberFeeds.MemberFeedWithOwner> {
  const actor = await accounts.accountOf(repo, person, masquerader)
  const feed = await memberFeeds.getFeedById(repo, parse(Id, params).id)
  memberFeeds.mayOrThrow(actor, 'update', feed)
  memberFeeds.mayOrThrow(actor, action, feed)
  return feed
}

/** What the form says; a box that is not marked is not sent. */
function sent({ body }: FastifyRequest) {
  const said = parse(Body, body)
  const podcastIds = Object.keys(said).flatMap((name) => /^show-(\d{1,15})$/.exec(name)?.[1] ?? [])
  return {
    name: said['name'],
    titleFormat: said['titleFormat'] ?? '',
    startsOn: said['startsOn'] ?? '',
    allPodcasts: said['allPodcasts'] ?? 'true',
    membersAudio: said['membersAudio'] === undefined ? 'false' : 'true',
    podcasts: podcastIds.map(Number),
  }
}

function madeIn(cookie: string | undefined): MadeAddress | undefined {
  const [, feedId, token] = MADE_VALUE.exec(cookie ?? '') ?? []
  return token === undefined ? undefined : { feedId: Number(feedId), token }
}
