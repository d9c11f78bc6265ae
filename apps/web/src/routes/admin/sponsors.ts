import * as sponsors from '@showrunner/domain/sponsors'
import { type FastifyInstance } from 'fastify'
import { addresses } from '../../addresses.ts'
import { afterSaving } from '../../admin/after-saving.ts'
import { listQuery } from '../../admin/list-query.ts'
import { rebased } from '../../admin/overtaken.ts'
import { versionRoute } from '../../admin/version-route.ts'
import { withId } from '../../admin/with-id.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { withConflict } from '../../presenters/admin/conflict-part.ts'
import { sponsorForm, sponsorList } from '../../presenters/admin/sponsors.ts'

const { admin } = addresses

export default function sponsorRoutes(app: FastifyInstance): void {
  app.get(admin.sponsors, async ({ actor, repo, query }, reply) => {
    sponsors.mayOrThrow(actor, 'list')
    const asked = listQuery(query, sponsors.SPONSOR_SORTS)
    const found = await sponsors.searchSponsors(repo, asked)
    const frame = await reply.adminFrame({ title: 'Sponsors', section: 'sponsors' })
    return reply.html('admin/list/show', sponsorList(frame, actor, asked, found))
  })

  app.get(admin.newSponsor, async ({ actor }, reply) => {
    sponsors.mayOrThrow(actor, 'create')
    const sheet = sponsors.newSponsorSheet()
    const frame = await reply.adminFrame({ title: 'New sponsor', ...BELOW })
    const form = sponsorForm(frame, actor, sheet, sponsors.editSponsor(sheet))
    return reply.html('admin/form/show', form)
  })

  app.post(admin.sponsors, async ({ actor, repo, body }, reply) => {
    sponsors.mayOrThrow(actor, 'create')
    const saved = await sponsors.createSponsor(repo, body)
    if (saved.ok) return reply.flash('The sponsor is there.').redirect(admin.sponsors, 303)

    const frame = await reply.adminFrame({ title: 'New sponsor', ...BELOW })
    const form = sponsorForm(frame, actor, sponsors.newSponsorSheet(), saved.changeset)
    return reply.code(422).html('admin/form/show', form)
  })

  editSponsor(app)

  app.post<Id>(admin.removeSponsor(':id'), async ({ actor, repo, params }, reply) => {
    const sponsor = await sponsors.getSponsorById(repo, withId(params))
    sponsors.mayOrThrow(actor, 'delete', sponsor)
    const removed = await sponsors.deleteSponsor(repo, sponsor)
    if (removed.ok)
      return reply.flash(`“${sponsor.name}” is deleted.`).redirect(admin.sponsors, 303)
    return reply
      .flash('It paid for episodes, which name it for good.', 'failed')
      .redirect(admin.editSponsor(sponsor.id), 303)
  })
}

function editSponsor(app: FastifyInstance): void {
  app.get<Id>(admin.editSponsor(':id'), async ({ actor, repo, params }, reply) => {
    const sheet = await sponsors.getSponsorSheet(repo, withId(params))
    sponsors.mayOrThrow(actor, 'show', sheet)
    const frame = await reply.adminFrame({ title: sheet.name, ...BELOW })
    const form = sponsorForm(frame, actor, sheet, sponsors.editSponsor(sheet))
    return reply.html('admin/form/show', form)
  })

  versionRoute<Id>(app, admin.editSponsor(':id'), async ({ actor, repo, params }) => {
    const sponsor = await sponsors.getSponsorById(repo, withId(params))
    sponsors.mayOrThrow(actor, 'show', sponsor)
    return sponsor
  })

  app.post<Id>(admin.editSponsor(':id'), async ({ actor, repo, params, body }, reply) => {
    const sponsor = await sponsors.getSponsorSheet(repo, withId(params))
    sponsors.mayOrThrow(actor, 'update', sponsor)
    const saved = await sponsors.saveSponsorSheet(repo, sponsor, body)
    if (saved.ok) {
      const next = afterSaving(body, admin.editSponsor(sponsor.id), admin.sponsors)
      return reply.flash('Saved.').redirect(next, 303)
    }

    const { changeset, conflict } = await rebased(repo, sponsor, saved.changeset, {
      read: () => sponsors.getSponsorSheet(repo, sponsor.id),
      propose: (row, sent) => sponsors.proposeSponsorSheet(repo, row, sent),
    })
    const frame = await reply.adminFrame({ title: sponsor.name, ...BELOW })
    const form = sponsorForm(frame, actor, sponsor, changeset)
    return reply.code(422).html('admin/form/show', withConflict(form, conflict, zoneOf(actor)))
  })
}

const BELOW = {
  section: 'sponsors',
  crumbs: [{ title: 'Sponsors', href: admin.sponsors }],
} as const

interface Id {
  Params: { id: string }
}
