import * as accounts from '@showrunner/domain/accounts'
import { listActivity } from '@showrunner/domain/activity'
import * as admins from '@showrunner/domain/admin'
import * as community from '@showrunner/domain/community'
import { listMails } from '@showrunner/domain/mailing'
import * as memberFeeds from '@showrunner/domain/member-feeds'
import * as memberships from '@showrunner/domain/memberships'
import * as people from '@showrunner/domain/people'
import { listRequestsOf } from '@showrunner/domain/requests'
import { listSubscriptionsOf } from '@showrunner/domain/subscriptions'
import { type FastifyInstance, type FastifyRequest } from 'fastify'
import { addresses } from '../../../addresses.ts'
import { withId } from '../../../admin/with-id.ts'
import { announceMasquerade } from '../../../masquerade-cookie.ts'
import { personDeskPage, type PersonShown } from '../../../presenters/admin/person-desk.ts'

const { admin } = addresses

const RECENT = 10
const MOST_EVENTS = 12

/** One person, and acting in their name. */
export default function personDeskRoutes(app: FastifyInstance): void {
  const { clock } = app.parts

  app.get<Id>(admin.person(':id'), async (request, reply) => {
    const { actor, repo, params } = request
    const asOf = clock()
    const desk = await people.getPersonDesk(repo, actor, withId(params), asOf)
    const { person } = desk
    people.mayOrThrow(actor, 'show', person)
    const knowsAll = admins.may(actor, 'readActivity')
    const [requested, sessions, activity, membership, own, mailed, frame] = await Promise.all([
      listRequestsOf(repo, person),
      knowsAll ? accounts.listSessions(repo, person, asOf) : null,
      knowsAll ? listActivity(repo, actor, { personId: person.id, limit: RECENT }) : null,
      membershipOf(request, person.id),
      ownOf(request, person),
      listMails(repo, actor, { personId: person.id, limit: RECENT }),
      reply.adminFrame({
        title: person.name,
        section: 'people',
        crumbs: [{ title: 'People', href: admin.people }],
      }),
    ])
    const sessionCount = sessions?.length ?? null
    const { mails } = mailed
    const shown = { desk, requested, sessions: sessionCount, activity, membership, own, mails }
    return reply.html('admin/people/show', personDeskPage(frame, actor, shown, asOf))
  })

  app.post<Id>(admin.masquerade(':id'), async (request, reply) => {
    const { actor, repo, params } = request
    const person = await people.getPersonById(repo, withId(params))
    people.mayOrThrow(actor, 'masquerade', person)
    const session = await request.session()
    if (!session) return reply.redirect(addresses.signedIn, 303)

    const endsAt = await accounts.startMasquerade(repo, session, person, clock())
    app.disconnect(session.person.id)
    const worksHere = admins.may(await accounts.accountOf(repo, person), 'enter')
    const to = worksHere ? admin.dashboard : addresses.home
    return announceMasquerade(reply, endsAt).redirect(to, 303)
  })
}

/** What is known of somebody as a member, for who may know. */
async function membershipOf(
  { actor, repo }: FastifyRequest,
  personId: number,
): Promise<PersonShown['membership']> {
  if (!memberships.may(actor, 'show')) return null
  const [theirs, account] = await Promise.all([
    memberships.listMemberships(repo, personId),
    community.findAccount(repo, personId),
  ])
  const events = await memberships.listEventsOf(repo, theirs, MOST_EVENTS)
  return { personId, theirs, events, account: account ?? null }
}

/** Their feeds, and what they are mailed of, for who may know. */
async function ownOf(
  { actor, repo }: FastifyRequest,
  person: people.Person,
): Promise<PersonShown['own']> {
  if (!memberFeeds.may(actor, 'list')) return null
  const [feeds, subscriptions] = await Promise.all([
    memberFeeds.listOwnFeeds(repo, person),
    listSubscriptionsOf(repo, person),
  ])
  return { feeds, subscriptions }
}

interface Id {
  Params: { id: string }
}
