import * as news from '@showrunner/domain/news'
import { type FastifyInstance, type FastifyRequest } from 'fastify'
import { addresses } from '../../../addresses.ts'
import { afterSaving } from '../../../admin/after-saving.ts'
import { listQuery } from '../../../admin/list-query.ts'
import { rebased } from '../../../admin/overtaken.ts'
import { versionRoute } from '../../../admin/version-route.ts'
import { withId } from '../../../admin/with-id.ts'
import { zoneOf } from '../../../admin/zone-of.ts'
import { withConflict } from '../../../presenters/admin/conflict-part.ts'
import { sourceForm, sourceList } from '../../../presenters/admin/news-sources.ts'

const { admin } = addresses

export default function newsSourceRoutes(app: FastifyInstance): void {
  app.get(admin.newsSources, async ({ actor, repo, query }, reply) => {
    news.mayOrThrow(actor, 'sources')
    const asked = listQuery(query, news.SOURCE_SORTS)
    const found = await news.searchSources(repo, asked)
    const frame = await reply.adminFrame({ title: 'Sources', section: 'news', crumbs: NEWS })
    return reply.html('admin/list/show', sourceList(frame, actor, asked, found))
  })

  app.get(admin.newNewsSource, async ({ actor }, reply) => {
    news.mayOrThrow(actor, 'sources')
    const frame = await reply.adminFrame({ title: 'New source', ...BELOW })
    return reply.html('admin/form/show', sourceForm(frame, news.editSource()))
  })

  app.post(admin.newsSources, async ({ actor, repo, body }, reply) => {
    news.mayOrThrow(actor, 'sources')
    const saved = await news.createSource(repo, body)
    if (saved.ok) return reply.flash('The source is there.').redirect(admin.newsSources, 303)

    const frame = await reply.adminFrame({ title: 'New source', ...BELOW })
    return reply.code(422).html('admin/form/show', sourceForm(frame, saved.changeset))
  })

  editSource(app)

  app.post(admin.removeNewsSource(':id'), async (request, reply) => {
    const source = await sourceAt(request)
    await news.deleteSource(request.repo, source)
    return reply.flash(`“${source.name}” is deleted.`).redirect(admin.newsSources, 303)
  })
}

function editSource(app: FastifyInstance): void {
  app.get(admin.editNewsSource(':id'), async (request, reply) => {
    const source = await sourceAt(request)
    const frame = await reply.adminFrame({ title: source.name, ...BELOW })
    return reply.html('admin/form/show', sourceForm(frame, news.editSource(source)))
  })

  versionRoute(app, admin.editNewsSource(':id'), sourceAt)

  app.post(admin.editNewsSource(':id'), async (request, reply) => {
    const source = await sourceAt(request)
    const { actor, repo, body } = request
    const saved = await news.updateSource(repo, source, body)
    if (saved.ok) {
      const next = afterSaving(body, admin.editNewsSource(source.id), admin.newsSources)
      return reply.flash('Saved.').redirect(next, 303)
    }

    const { changeset, conflict } = await rebased(repo, source, saved.changeset, {
      read: () => news.getSourceById(repo, source.id),
      propose: news.newsSourceChangeset,
    })
    const frame = await reply.adminFrame({ title: source.name, ...BELOW })
    const form = sourceForm(frame, changeset)
    return reply.code(422).html('admin/form/show', withConflict(form, conflict, zoneOf(actor)))
  })
}

/** The source of the address, if whoever asks may work on it. */
async function sourceAt({ actor, repo, params }: FastifyRequest): Promise<news.NewsSource> {
  news.mayOrThrow(actor, 'sources')
  return news.getSourceById(repo, withId(params))
}

const NEWS = [{ title: 'News', href: admin.news }]

const BELOW = {
  section: 'news',
  crumbs: [...NEWS, { title: 'Sources', href: admin.newsSources }],
} as const
