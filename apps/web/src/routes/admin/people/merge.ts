import * as people from '@showrunner/domain/people'
import { type FastifyInstance, type FastifyReply } from 'fastify'
import { z } from 'zod'
import { addresses } from '../../../addresses.ts'
import { withId } from '../../../admin/with-id.ts'
import { parse } from '../../../parse.ts'
import { RowId } from '../../../row-id.ts'
import { mergePage } from '../../../presenters/admin/merge-page.ts'

const { admin } = addresses

const Asked = z.object({ into: z.string().max(400).default('') })
const Confirmed = z.object({
  keptId: RowId,
})

const SELF = 'You cannot be merged away by yourself. Merge the other one into you.'
const SAME = 'Pick somebody else: these are the same.'

/** Makes one of two people: with whom, what that means, and then it is done. */
export default function mergeRoutes(app: FastifyInstance): void {
  const { clock } = app.parts

  app.get<Id>(admin.mergePerson(':id'), async ({ actor, repo, params, query }, reply) => {
    people.mayOrThrow(actor, 'merge')
    const gone = await people.getPersonById(repo, withId(params))
    const text = parse(Asked, query).into.trim()
    if (text === '') return show(reply, gone, { text, error: null })

    const kept = await people.pickPerson(repo, text)
    const error = errorOf(actor.person.id, gone, kept)
    if (!kept || error !== null) return show(reply.code(422), gone, { text, error })
    const preview = await people.previewMerge(repo, gone, kept)
    return show(reply, gone, { text, error: null }, { kept, preview })
  })

  app.post<Id>(admin.mergePerson(':id'), async ({ actor, repo, params, body }, reply) => {
    people.mayOrThrow(actor, 'merge')
    const gone = await people.getPersonById(repo, withId(params))
    const kept = await people.getPersonById(repo, parse(Confirmed, body).keptId)
    const merged = await people.mergePeople(repo, actor, { gone, kept }, clock())
    if (merged.ok) {
      for (const { id } of [gone, kept]) app.disconnect(id)
      return reply
        .flash(`${gone.name} (${gone.handle}) is one with ${kept.name} now.`)
        .redirect(admin.person(kept.id), 303)
    }
    return reply
      .flash(merged.why === 'self' ? SELF : SAME, 'failed')
      .redirect(admin.mergePerson(gone.id), 303)
  })
}

function errorOf(
  actorId: number,
  gone: people.Person,
  kept: people.Person | undefined,
): string | null {
  if (!kept) return 'Pick somebody who is there: nobody, or more than one, has this name.'
  if (kept.id === gone.id) return SAME
  return gone.id === actorId ? SELF : null
}

async function show(
  reply: FastifyReply,
  gone: people.Person,
  asked: { readonly text: string; readonly error: string | null },
  planned?: { readonly kept: people.Person; readonly preview: people.MergePreview },
): Promise<FastifyReply> {
  const frame = await reply.adminFrame({
    title: `Merge ${gone.name}`,
    section: 'people',
    crumbs: [
      { title: 'People', href: admin.people },
      { title: gone.name, href: admin.person(gone.id) },
    ],
  })
  return reply.html('admin/people/merge', mergePage(frame, gone, asked, planned))
}

interface Id {
  Params: { id: string }
}
