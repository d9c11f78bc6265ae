import * as mailing from '@showrunner/domain/mailing'
import * as people from '@showrunner/domain/people'
import { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { addresses } from '../../addresses.ts'
import { withId } from '../../admin/with-id.ts'
import { parse } from '../../parse.ts'
import { RowId } from '../../row-id.ts'
import { mailLogPage } from '../../presenters/admin/mail-log.ts'

const { admin } = addresses

const Asked = z.object({
  outcome: z.enum(mailing.OUTCOMES).optional().catch(undefined),
  before: RowId.optional().catch(undefined),
})

/** What was mailed: to everybody, for administrators, and to one person. */
export default function mailLogRoutes(app: FastifyInstance): void {
  app.get(admin.sentMails, async ({ actor, repo, query }, reply) => {
    mailing.mayOrThrow(actor, 'listAll')
    const asked = parse(Asked, query)
    const found = await mailing.listMails(repo, actor, asked)
    const frame = await reply.adminFrame({
      title: 'What was mailed',
      section: 'mails',
      crumbs: [{ title: 'Mails', href: admin.mails }],
    })
    const page = mailLogPage(frame, actor, found, { ...asked, address: admin.sentMails })
    return reply.html('admin/mails/log', page)
  })

  app.get<Id>(admin.personMails(':id'), async ({ actor, repo, params, query }, reply) => {
    const person = await people.getPersonById(repo, withId(params))
    people.mayOrThrow(actor, 'show', person)
    mailing.mayOrThrow(actor, 'list')
    const asked = parse(Asked, query)
    const found = await mailing.listMails(repo, actor, { ...asked, personId: person.id })
    const frame = await reply.adminFrame({
      title: `Mails to ${person.name}`,
      section: 'people',
      crumbs: [
        { title: 'People', href: admin.people },
        { title: person.name, href: admin.person(person.id) },
      ],
    })
    const address = admin.personMails(person.id)
    return reply.html('admin/mails/log', mailLogPage(frame, actor, found, { ...asked, address }))
  })
}

interface Id {
  Params: { id: string }
}
