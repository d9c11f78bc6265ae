import * as settings from '@showrunner/domain/settings'
import { type FastifyInstance } from 'fastify'
import { addresses } from '../../addresses.ts'
import { rebased } from '../../admin/overtaken.ts'
import { versionRoute } from '../../admin/version-route.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { withConflict } from '../../presenters/admin/conflict-part.ts'
import { settingsForm } from '../../presenters/admin/settings.ts'

const { admin } = addresses
const SUBJECT = { title: 'Settings', section: 'settings' } as const

export default function settingsRoutes(app: FastifyInstance): void {
  app.get(admin.settings, async ({ actor, repo }, reply) => {
    settings.mayOrThrow(actor, 'show')
    const changeset = await settings.editSettings(repo)
    const frame = await reply.adminFrame(SUBJECT)
    return reply.html('admin/form/show', settingsForm(frame, changeset))
  })

  versionRoute(app, admin.settings, async ({ actor, repo }) => {
    settings.mayOrThrow(actor, 'show')
    return settings.getSettings(repo)
  })

  app.post(admin.settings, async ({ actor, repo, body }, reply) => {
    settings.mayOrThrow(actor, 'update')
    const saved = await settings.updateSettings(repo, body)
    if (saved.ok) {
      return reply.flash('Saved. Pages show it within a few seconds.').redirect(admin.settings, 303)
    }
    const { changeset, conflict } = await rebased(repo, saved.changeset.row, saved.changeset, {
      read: () => settings.getSettings(repo),
      propose: settings.settingsChangeset,
    })
    const form = settingsForm(await reply.adminFrame(SUBJECT), changeset)
    return reply.code(422).html('admin/form/show', withConflict(form, conflict, zoneOf(actor)))
  })
}
