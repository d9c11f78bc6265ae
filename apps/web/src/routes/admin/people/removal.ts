import * as people from '@showrunner/domain/people'
import { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { addresses } from '../../../addresses.ts'
import { withId } from '../../../admin/with-id.ts'
import { parse } from '../../../parse.ts'
import { RowId } from '../../../row-id.ts'
import { usesWords } from '../../../presenters/admin/merge-page.ts'
import { removePeoplePage } from '../../../presenters/admin/people.ts'
import { counted } from '../../../presenters/names.ts'

const { admin } = addresses

const Marked = z.object({ ids: z.record(z.string(), RowId).default({}) })

/** Deletes somebody whom nothing names, or several of them. */
export default function removalRoutes(app: FastifyInstance): void {
  app.post<ById>(admin.removePerson(':id'), async ({ actor, repo, params }, reply) => {
    const person = await people.getPersonById(repo, withId(params))
    people.mayOrThrow(actor, 'delete', person)
    const removed = await people.deletePerson(repo, actor, person)
    if (removed.ok) {
      return reply.flash(`${person.name} is deleted.`).redirect(admin.people, 303)
    }
    return reply
      .flash(whyNot(person, removed), 'failed')
      .redirect(
        removed.why === 'named' ? admin.mergePerson(person.id) : admin.person(person.id),
        303,
      )
  })

  app.post(admin.severalPeople, async ({ actor, repo, body }, reply) => {
    people.mayOrThrow(actor, 'merge')
    const ids = markedIn(body)
    if (ids.length === 0) {
      return reply.flash('Nobody was marked.', 'failed').redirect(admin.people, 303)
    }
    const unused = await people.listUnused(repo, ids)
    const frame = await reply.adminFrame({
      title: 'Delete those nothing names',
      section: 'people',
      crumbs: [{ title: 'People', href: admin.people }],
    })
    return reply.html('admin/people/remove', removePeoplePage(frame, unused, ids.length))
  })

  app.post(admin.removeSeveralPeople, async ({ actor, repo, body }, reply) => {
    people.mayOrThrow(actor, 'merge')
    const count = await people.deleteUnused(repo, markedIn(body))
    return reply
      .flash(`${counted(count, 'person is', 'people are')} deleted.`)
      .redirect(admin.people, 303)
  })
}

function markedIn(body: unknown): readonly number[] {
  return [...new Set(Object.values(parse(Marked, body ?? {}).ids))]
}

function whyNot({ name }: people.Person, removed: people.Removed & { readonly ok: false }): string {
  if (removed.why === 'self') return 'Nobody deletes themselves.'
  if (removed.why === 'last administrator') return 'The last administrator stays.'
  return `${name} is named: ${usesWords(removed.uses)}. Merge them into somebody, and it moves there.`
}

interface ById {
  Params: { id: string }
}
