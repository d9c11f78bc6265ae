import { type Changeset } from '@showrunner/data'
import * as news from '@showrunner/domain/news'
import { type FastifyInstance, type FastifyReply } from 'fastify'
import { addresses } from '../../../addresses.ts'
import { afterSaving } from '../../../admin/after-saving.ts'
import { listQuery } from '../../../admin/list-query.ts'
import { newsItemAt } from '../../../admin/news-item-at.ts'
import { OVERTAKEN, type Rebased, rebased } from '../../../admin/overtaken.ts'
import { versionRoute } from '../../../admin/version-route.ts'
import { zoneOf } from '../../../admin/zone-of.ts'
import { withConflict } from '../../../presenters/admin/conflict-part.ts'
import { newNewsForm, newsSheet } from '../../../presenters/admin/news-form.ts'
import { newsList } from '../../../presenters/admin/news-list.ts'
import { newsItemPreview } from '../../../presenters/news-pages.ts'

const { admin } = addresses

type ItemChangeset = Changeset<typeof news.NewsItem>

export default function newsItemRoutes(app: FastifyInstance): void {
  const { clock } = app.parts

  app.get<{ Querystring: { state?: string } }>(admin.news, async (request, reply) => {
    const { actor, repo, query } = request
    news.mayOrThrow(actor, 'list')
    const state = news.NEWS_STATES.find((one) => one === query.state) ?? 'drafts'
    const asked = listQuery(query, news.NEWS_SORTS[state])
    const [found, counts, frame] = await Promise.all([
      news.searchNews(repo, actor, state, asked, clock()),
      news.countNews(repo, actor, clock()),
      reply.adminFrame({ title: 'News', section: 'news' }),
    ])
    const page = newsList(frame, actor, { asked, state, found, counts, asOf: clock() })
    return reply.html('admin/list/show', page)
  })

  newItem(app)
  editItem(app)

  app.get(admin.previewNewsItem(':id'), async (request, reply) => {
    const item = await newsItemAt(request, 'show')
    const shown = await news.getNewsItemPreview(request.repo, item.id, clock())
    return reply.html('news/show', newsItemPreview(await app.site(), shown))
  })

  app.post(admin.removeNewsItem(':id'), async (request, reply) => {
    const item = await newsItemAt(request, 'delete')
    const deleted = await news.deleteNewsItem(request.repo, item)
    if (deleted.ok) return reply.flash(`“${item.headline}” is deleted.`).redirect(admin.news, 303)
    return reply.flash(OVERTAKEN, 'failed').redirect(admin.editNewsItem(item.id), 303)
  })
}

function newItem(app: FastifyInstance): void {
  // A bookmark, or what is to be told of, may say what it is about.
  app.get<{ Querystring: { url?: unknown; headline?: unknown } }>(
    admin.newNewsItem,
    async ({ actor, query }, reply) => {
      news.mayOrThrow(actor, 'create')
      const { url, headline } = query
      const given = {
        ...(typeof url === 'string' && { url: url.slice(0, 2000) }),
        ...(typeof headline === 'string' && { headline: headline.slice(0, 255) }),
      }
      return sendNew(reply, news.editNewsItem(news.newNewsItem(actor, given)))
    },
  )

  app.post(admin.news, async ({ actor, repo, body }, reply) => {
    news.mayOrThrow(actor, 'create')
    const saved = await news.createNewsItem(repo, actor, body)
    if (!saved.ok) return sendNew(reply.code(422), saved.changeset)

    return reply
      .flash('The draft is there. Nobody sees it but who works on it.')
      .redirect(admin.editNewsItem(saved.value.id), 303)
  })
}

async function sendNew(reply: FastifyReply, changeset: ItemChangeset): Promise<FastifyReply> {
  const frame = await reply.adminFrame({ title: 'New item', ...BELOW_NEWS })
  return reply.html('admin/form/show', newNewsForm(frame, reply.request.actor, changeset))
}

function editItem(app: FastifyInstance): void {
  app.get(admin.editNewsItem(':id'), async (request, reply) => {
    const item = await newsItemAt(request, 'show')
    const changeset = news.editNewsItem(item)
    return sendSheet(app, reply, { row: item, changeset, conflict: null })
  })

  versionRoute(app, admin.editNewsItem(':id'), async (request) => newsItemAt(request, 'show'))

  app.post(admin.editNewsItem(':id'), async (request, reply) => {
    const item = await newsItemAt(request, 'update')
    const { repo, body } = request
    const saved = await news.updateNewsItem(repo, item, body)
    if (saved.ok) {
      const next = afterSaving(body, admin.editNewsItem(item.id), admin.news)
      return reply.flash('Saved.').redirect(next, 303)
    }

    const again = await rebased(repo, item, saved.changeset, {
      read: () => news.getNewsItemToEdit(repo, item.id),
      propose: (row, said) => news.proposeNewsItem(repo, row, said),
    })
    return sendSheet(app, reply.code(422), again)
  })
}

async function sendSheet(
  app: FastifyInstance,
  reply: FastifyReply,
  { row: item, changeset, conflict }: Rebased<news.NewsItemToEdit, typeof news.NewsItem>,
): Promise<FastifyReply> {
  const { actor, repo } = reply.request
  const frame = await reply.adminFrame({ title: item.headline, ...BELOW_NEWS })
  const found = item.url === null ? [] : await news.listSimilar(repo, item.url, item.id)
  const similar = found.filter((other) => news.may(actor, 'show', other))
  const page = newsSheet(frame, actor, { item, changeset, similar, asOf: app.parts.clock() })
  return reply.html('admin/news/edit', withConflict(page, conflict, zoneOf(actor)))
}

const BELOW_NEWS = {
  section: 'news',
  crumbs: [{ title: 'News', href: admin.news }],
} as const
