import { type Changeset } from '@showrunner/data'
import * as community from '@showrunner/domain/community'
import * as memberships from '@showrunner/domain/memberships'
import * as people from '@showrunner/domain/people'
import { type FastifyInstance, type FastifyReply } from 'fastify'
import { addresses } from '../../../addresses.ts'
import { withId } from '../../../admin/with-id.ts'
import { slackAccountForm } from '../../../presenters/admin/slack-account.ts'

const { admin } = addresses

/** Who somebody is in Slack: said, and taken back, by hand. */
export default function slackAccountRoutes(app: FastifyInstance): void {
  const { clock, slack } = app.parts

  app.get<Id>(admin.slackAccount(':id'), async ({ actor, repo, params }, reply) => {
    memberships.mayOrThrow(actor, 'link')
    const person = await people.getPersonById(repo, withId(params))
    const account = await community.findAccount(repo, person.id)
    if (!account) return neverThere(reply, person)
    return show(reply, person, community.editAccount(account))
  })

  app.post<Id>(admin.slackAccount(':id'), async ({ actor, repo, params, body }, reply) => {
    memberships.mayOrThrow(actor, 'link')
    const person = await people.getPersonById(repo, withId(params))
    if (!(await community.findAccount(repo, person.id))) return neverThere(reply, person)
    const linking = { by: actor, person, asOf: clock() }
    const linked = await community.linkByHand({ repo, slack }, linking, body)
    if (!linked.ok) return show(reply.code(422), person, linked.changeset)
    return reply
      .flash(`${person.name} is ${linked.value.userId} in Slack now.`)
      .redirect(admin.person(person.id), 303)
  })

  app.post<Id>(admin.unlinkSlack(':id'), async ({ actor, repo, params }, reply) => {
    memberships.mayOrThrow(actor, 'link')
    const person = await people.getPersonById(repo, withId(params))
    const was = await community.unlinkByHand(repo, { by: actor, person, asOf: clock() })
    const flashed = was
      ? reply.flash(`Nobody in Slack is known to be ${person.name} any more.`)
      : reply.flash(`Nobody in Slack was known to be ${person.name}.`, 'failed')
    return flashed.redirect(admin.person(person.id), 303)
  })
}

function neverThere(reply: FastifyReply, { id, name }: people.Person): FastifyReply {
  return reply
    .flash(`${name} never became a member, so there is nothing to link.`, 'failed')
    .redirect(admin.person(id), 303)
}

async function show(
  reply: FastifyReply,
  person: people.Person,
  changeset: Changeset<typeof community.CommunityAccount>,
): Promise<FastifyReply> {
  const frame = await reply.adminFrame({
    title: 'Slack account',
    section: 'people',
    crumbs: [
      { title: 'People', href: admin.people },
      { title: person.name, href: admin.person(person.id) },
    ],
  })
  return reply.html('admin/form/show', slackAccountForm(frame, person, changeset))
}

interface Id {
  Params: { id: string }
}
