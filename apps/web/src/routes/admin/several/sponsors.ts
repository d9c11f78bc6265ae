import * as sponsors from '@showrunner/domain/sponsors'
import { type FastifyInstance } from 'fastify'
import { addresses } from '../../../addresses.ts'
import { markedRows } from '../../../admin/marked-rows.ts'
import { severalPage } from '../../../presenters/admin/several-page.ts'
import { counted } from '../../../presenters/names.ts'
import { noneMarked } from './none-marked.ts'

const { admin } = addresses

/** Sponsors of no episode, several of them deleted. */
export default function severalSponsorsRoutes(app: FastifyInstance): void {
  // Who goes back to what was confirmed has sent nothing.
  app.get(admin.severalSponsors, async ({ actor }, reply) => {
    sponsors.mayOrThrow(actor, 'delete')
    return reply.redirect(admin.sponsors, 303)
  })

  app.post(admin.severalSponsors, async ({ actor, repo, body }, reply) => {
    sponsors.mayOrThrow(actor, 'delete')
    const { ids, back } = markedRows(body, admin.sponsors)
    const found = await sponsors.listSponsorsOf(repo, ids)
    if (found.length === 0) return noneMarked(reply, back)

    const rows = found.map(({ sponsor: { id, name }, episodeCount }) => ({
      id,
      title: name,
      reason:
        episodeCount === 0 ? null : `Paid for ${counted(episodeCount, 'episode', 'episodes')}.`,
    }))
    const unused = counted(rows.filter(({ reason }) => !reason).length, 'sponsor', 'sponsors')
    const frame = await reply.adminFrame({
      title: 'Delete unused sponsors',
      section: 'sponsors',
      crumbs: [{ title: 'Sponsors', href: admin.sponsors }],
    })
    const page = severalPage(frame, rows, {
      words: `${unused} of no episode will be gone for good.`,
      address: admin.removeSeveralSponsors,
      action: 'delete',
      button: `Delete ${unused}`,
      isDeletion: true,
      back,
    })
    return reply.html('admin/list/several', page)
  })

  app.post(admin.removeSeveralSponsors, async ({ actor, repo, body }, reply) => {
    sponsors.mayOrThrow(actor, 'delete')
    const { ids, back } = markedRows(body, admin.sponsors)
    const deleted = await sponsors.deleteUnusedSponsors(repo, ids)
    return reply
      .flash(`${counted(deleted, 'sponsor is', 'sponsors are')} deleted.`)
      .redirect(back, 303)
  })
}
