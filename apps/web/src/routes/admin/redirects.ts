import * as redirects from '@showrunner/domain/redirects'
import { type FastifyInstance } from 'fastify'
import { addresses } from '../../addresses.ts'
import { afterSaving } from '../../admin/after-saving.ts'
import { listQuery } from '../../admin/list-query.ts'
import { rebased } from '../../admin/overtaken.ts'
import { versionRoute } from '../../admin/version-route.ts'
import { withId } from '../../admin/with-id.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { withConflict } from '../../presenters/admin/conflict-part.ts'
import { redirectForm, redirectList } from '../../presenters/admin/redirects.ts'

const { admin } = addresses

/** Where addresses of a site lead that was here before. */
export default function redirectRoutes(app: FastifyInstance): void {
  app.get(admin.redirects, async ({ actor, repo, query }, reply) => {
    redirects.mayOrThrow(actor, 'list')
    const asked = listQuery(query, redirects.REDIRECT_SORTS)
    const found = await redirects.searchRedirects(repo, asked)
    const frame = await reply.adminFrame({ title: 'Redirects', section: 'redirects' })
    return reply.html('admin/list/show', redirectList(frame, actor, asked, found))
  })

  app.get(admin.newRedirect, async ({ actor }, reply) => {
    redirects.mayOrThrow(actor, 'create')
    const frame = await reply.adminFrame({ title: 'New redirect', ...BELOW })
    return reply.html('admin/form/show', redirectForm(frame, actor, redirects.editRedirect()))
  })

  app.post(admin.redirects, async ({ actor, repo, body }, reply) => {
    redirects.mayOrThrow(actor, 'create')
    const saved = await redirects.createRedirect(repo, body)
    if (saved.ok) return reply.flash('The redirect is there.').redirect(admin.redirects, 303)

    const frame = await reply.adminFrame({ title: 'New redirect', ...BELOW })
    return reply.code(422).html('admin/form/show', redirectForm(frame, actor, saved.changeset))
  })

  editRedirect(app)

  app.post<Id>(admin.removeRedirect(':id'), async ({ actor, repo, params }, reply) => {
    const redirect = await redirects.getRedirect(repo, withId(params))
    redirects.mayOrThrow(actor, 'delete', redirect)
    await redirects.deleteRedirect(repo, redirect)
    return reply.flash(`“${redirect.path}” leads nowhere now.`).redirect(admin.redirects, 303)
  })
}

function editRedirect(app: FastifyInstance): void {
  app.get<Id>(admin.editRedirect(':id'), async ({ actor, repo, params }, reply) => {
    const redirect = await redirects.getRedirect(repo, withId(params))
    redirects.mayOrThrow(actor, 'show', redirect)
    const frame = await reply.adminFrame({ title: redirect.path, ...BELOW })
    const changeset = redirects.editRedirect(redirect)
    return reply.html('admin/form/show', redirectForm(frame, actor, changeset))
  })

  versionRoute<Id>(app, admin.editRedirect(':id'), async ({ actor, repo, params }) => {
    const redirect = await redirects.getRedirect(repo, withId(params))
    redirects.mayOrThrow(actor, 'show', redirect)
    return redirect
  })

  app.post<Id>(admin.editRedirect(':id'), async ({ actor, repo, params, body }, reply) => {
    const redirect = await redirects.getRedirect(repo, withId(params))
    redirects.mayOrThrow(actor, 'update', redirect)
    const saved = await redirects.updateRedirect(repo, redirect, body)
    if (saved.ok) {
      const next = afterSaving(body, admin.editRedirect(redirect.id), admin.redirects)
      return reply.flash('Saved.').redirect(next, 303)
    }

    const { changeset, conflict } = await rebased(repo, redirect, saved.changeset, {
      read: () => redirects.getRedirect(repo, redirect.id),
      propose: redirects.redirectChangeset,
    })
    const frame = await reply.adminFrame({ title: redirect.path, ...BELOW })
    const form = redirectForm(frame, actor, changeset)
    return reply.code(422).html('admin/form/show', withConflict(form, conflict, zoneOf(actor)))
  })
}

const BELOW = {
  section: 'redirects',
  crumbs: [{ title: 'Redirects', href: admin.redirects }],
} as const

interface Id {
  Params: { id: string }
}
