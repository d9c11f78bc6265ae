import * as community from '@showrunner/domain/community'
import * as memberships from '@showrunner/domain/memberships'
import { readEvent } from '@showrunner/memberful'
import { type FastifyInstance, type FastifyReply } from 'fastify'
import { z } from 'zod'
import { addresses } from '../../addresses.ts'
import { listQuery } from '../../admin/list-query.ts'
import { markedRows } from '../../admin/marked-rows.ts'
import { sendTestEvent } from '../../admin/send-test-event.ts'
import { withId } from '../../admin/with-id.ts'
import { parse } from '../../parse.ts'
import { inboxEventPage } from '../../presenters/admin/inbox-event.ts'
import { eventTitle, inboxPage } from '../../presenters/admin/inbox.ts'
import { membersPage } from '../../presenters/admin/members.ts'
import { counted } from '../../presenters/names.ts'
import { noneMarked } from './several/none-marked.ts'

const { admin } = addresses
const MEMBERS = { title: 'Members', href: admin.members }
const INBOX = { title: 'Inbox', href: admin.inbox }

const Status = z.enum(memberships.MEMBERSHIP_STATUSES).optional().catch(undefined)
const Place = z.enum(memberships.MEMBER_PLACES).optional().catch(undefined)
const State = z.enum(memberships.EVENT_STATES).optional().catch(undefined)
const Kind = z.enum(memberships.EVENT_KINDS).optional().catch(undefined)

/** Members, and what Memberful sends about them. */
export default function membershipRoutes(app: FastifyInstance): void {
  app.get(admin.members, async ({ actor, repo, query }, reply) => {
    memberships.mayOrThrow(actor, 'list')
    const asked = listQuery(query, memberships.MEMBER_SORTS)
    const status = parse(Status, asked.chosen['status'])
    const place = parse(Place, asked.chosen['slack'])
    const [found, counts, around] = await Promise.all([
      memberships.searchMembers(repo, { ...asked, status, place }),
      memberships.countMembers(repo),
      lookAround(app, repo),
    ])
    const frame = await reply.adminFrame({ title: 'Members', section: 'members' })
    const page = membersPage(frame, actor, { asked, status, place, found, counts, around })
    return reply.html('admin/memberships/index', page)
  })

  inboxRoutes(app)
  testRoutes(app)

  app.post<Id>(admin.inviteAgain(':id'), async ({ actor, repo, params }, reply) => {
    memberships.mayOrThrow(actor, 'replay')
    const personId = withId(params)
    const again = await community.inviteAgain(repo, personId, {
      by: actor.person.name,
      asOf: app.parts.clock(),
    })
    const flashed = again.ok
      ? reply.flash('They are invited again, at once.')
      : reply.flash(`They are not invited again. ${again.words}`, 'failed')
    return flashed.redirect(admin.person(personId), 303)
  })
}

function inboxRoutes(app: FastifyInstance): void {
  const { clock } = app.parts

  app.get(admin.inbox, async ({ actor, repo, query }, reply) => {
    memberships.mayOrThrow(actor, 'listEvents')
    const asked = listQuery(query, memberships.EVENT_SORTS)
    const state = parse(State, asked.chosen['state'])
    const kind = parse(Kind, asked.chosen['kind'])
    const [found, counts, around] = await Promise.all([
      memberships.searchEvents(repo, { ...asked, state, kind }),
      memberships.countEvents(repo),
      lookAround(app, repo),
    ])
    const frame = await reply.adminFrame({
      title: 'Inbox',
      section: 'members',
      crumbs: [MEMBERS],
      desk: 'inbox',
    })
    const page = inboxPage(frame, actor, { asked, state, kind, found, counts, around })
    return reply.html('admin/memberships/inbox', page)
  })

  app.get<Id>(admin.inboxEvent(':id'), async ({ actor, repo, params }, reply) => {
    memberships.mayOrThrow(actor, 'showEvent')
    const shown = await memberships.getInboxEvent(repo, withId(params))
    const frame = await reply.adminFrame({
      title: eventTitle(shown.event.name),
      section: 'members',
      crumbs: [MEMBERS, INBOX],
      desk: `inbox-event:${shown.event.id}`,
    })
    return reply.html('admin/memberships/event', inboxEventPage(frame, actor, shown))
  })

  app.post<Id>(admin.replayEvent(':id'), async ({ actor, repo, params }, reply) => {
    memberships.mayOrThrow(actor, 'replay')
    const { id } = await memberships.getEvent(repo, withId(params))
    const again = await memberships.replayFor(repo, [id], { by: actor.person.name, asOf: clock() })
    const flashed =
      again === 0
        ? reply.flash('It is not applied again: what it said is forgotten.', 'failed')
        : reply.flash('It is applied again, at once. Look here what comes of it.')
    return flashed.redirect(admin.inboxEvent(id), 303)
  })

  app.post(admin.replaySeveral, async ({ actor, repo, body }, reply) => {
    memberships.mayOrThrow(actor, 'replay')
    const { ids, back } = markedRows(body, admin.inbox)
    const by = actor.person.name
    const again = await memberships.replayFor(repo, ids, { by, asOf: clock() })
    if (again === 0) return noneMarked(reply, back)
    const words = `${counted(again, 'event is', 'events are')} applied again, at once.`
    return reply.flash(words).redirect(back, 303)
  })
}

function testRoutes(app: FastifyInstance): void {
  const { clock, memberfulSecrets = [] } = app.parts

  app.post(admin.sendTestEvent, async ({ actor, repo }, reply) => {
    memberships.mayOrThrow(actor, 'sendTest')
    const body = memberships.testEvent(actor.person.name, clock())
    const [secret] = memberfulSecrets
    if (secret === undefined) {
      const event = readEvent(body)
      if (event) await memberships.receiveEvent(repo, body, event, clock())
      return arrived(reply, body, [
        'MEMBERFUL_WEBHOOK_SECRET is not set here, so that nothing could be signed, and what Memberful sends is refused.',
        'The event was put into the inbox by hand: it shows only whether events are applied.',
      ])
    }
    return arrived(reply, body, await sendTestEvent(app, body, secret))
  })
}

/** To the event, if it is in the inbox by now. */
async function arrived(
  reply: FastifyReply,
  body: Buffer,
  words: readonly string[],
): Promise<FastifyReply> {
  const event = await memberships.findEventOf(reply.request.repo, body)
  if (event) return reply.flash(words.join(' ')).redirect(admin.inboxEvent(event.id), 303)
  const missing = 'It is not in the inbox: does the address lead to another site?'
  return reply.flash([...words, missing].join(' '), 'failed').redirect(admin.inbox, 303)
}

export type Around = Awaited<ReturnType<typeof lookAround>>

/** How it stands with all that members come by. */
async function lookAround(app: FastifyInstance, repo: FastifyInstance['parts']['repo']) {
  const { clock, publicUrl, memberfulSecrets = [] } = app.parts
  const [health, link, waitingCount] = await Promise.all([
    memberships.inboxHealth(repo, clock()),
    community.inviteLinkStanding(repo, clock()),
    community.countWaiting(repo),
  ])
  return {
    health,
    link,
    waitingCount,
    hasSecret: memberfulSecrets.length > 0,
    webhook: publicUrl + addresses.memberfulWebhook,
  }
}

interface Id {
  Params: { id: string }
}
