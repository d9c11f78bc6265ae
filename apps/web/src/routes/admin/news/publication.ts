import { type Changeset, type Saved } from '@showrunner/data'
import * as news from '@showrunner/domain/news'
import { type FastifyInstance, type FastifyReply } from 'fastify'
import { z } from 'zod'
import { addresses } from '../../../addresses.ts'
import { newsItemAt } from '../../../admin/news-item-at.ts'
import { OVERTAKEN } from '../../../admin/overtaken.ts'
import { zoneOf } from '../../../admin/zone-of.ts'
import { parse } from '../../../parse.ts'
import { RowId } from '../../../row-id.ts'
import { newsPublication } from '../../../presenters/admin/news-publication.ts'
import { queuePage } from '../../../presenters/admin/news-list.ts'
import { zonedMoment } from '../../../presenters/admin/zoned-moment.ts'

const { admin } = addresses

const Form = z.record(z.string(), z.unknown()).default({})
const Decision = z.object({ decision: z.enum(['accept', 'decline']) })

const Place = z.object({ id: RowId, position: z.coerce.number().int().min(0).max(100_000) })
const Order = z.object({
  items: z.union([z.array(Place), z.record(z.string(), Place)]).default([]),
  first: RowId.optional(),
})

/** What becomes of an item: out, later, next, not at all. */
export default function newsPublicationRoutes(app: FastifyInstance): void {
  const { clock } = app.parts

  app.get(admin.publishNewsItem(':id'), async (request, reply) =>
    show(app, reply, await newsItemAt(request, 'show')),
  )

  app.post(admin.publishNewsItem(':id'), async (request, reply) => {
    const item = await newsItemAt(request, 'publish')
    const [asOf, zone] = [clock(), zoneOf(request.actor)]
    const form = parse(Form, request.body)
    const saved = await news.publishNewsItem(request.repo, item, form, { asOf, zone })
    if (!saved.ok) return show(app, reply.code(422), item, saved.changeset)
    const { publishedAt } = saved.value
    const words =
      publishedAt && !news.isOut(saved.value, asOf)
        ? `It appears on ${zonedMoment(publishedAt, zone).words}.`
        : 'It is out.'
    return reply.flash(words).redirect(admin.publishNewsItem(item.id), 303)
  })

  app.post(admin.queueNewsItem(':id'), async (request, reply) => {
    const item = await newsItemAt(request, 'queue')
    return done(reply, await news.queueNewsItem(request.repo, item), 'It is in the queue.', item)
  })

  app.post(admin.unpublishNewsItem(':id'), async (request, reply) => {
    const item = await newsItemAt(request, 'unpublish')
    return done(
      reply,
      await news.unpublishNewsItem(request.repo, item),
      'It is a draft again.',
      item,
    )
  })

  app.post(admin.answerNewsItem(':id'), async (request, reply) => {
    const item = await newsItemAt(request, 'decline')
    const { decision } = parse(Decision, request.body)
    const params = parse(Form, request.body)
    const saved = await news.answerSubmission(request.repo, item, { decision, params })
    if (!saved.ok) return show(app, reply.code(422), item, saved.changeset)
    const words = decision === 'accept' ? 'It is in the queue.' : 'It is declined.'
    return reply.flash(words).redirect(admin.newsIn('submitted'), 303)
  })

  queue(app)
}

function queue(app: FastifyInstance): void {
  app.get(admin.newsQueue, async ({ actor, repo }, reply) => {
    news.mayOrThrow(actor, 'reorder')
    const frame = await reply.adminFrame({
      title: 'Queue',
      section: 'news',
      crumbs: [{ title: 'News', href: admin.news }],
    })
    return reply.html('admin/news/queue', queuePage(frame, actor, await news.listQueue(repo)))
  })

  app.post(admin.newsQueue, async ({ actor, repo, body }, reply) => {
    news.mayOrThrow(actor, 'reorder')
    const { items, first } = parse(Order, body ?? {})
    const places = Object.values(items).toSorted((a, b) => a.position - b.position)
    const ids = places.map(({ id }) => id)
    await news.reorderQueue(
      repo,
      first === undefined ? ids : [first, ...ids.filter((id) => id !== first)],
    )
    return reply.flash('The queue is in this order.').redirect(admin.newsQueue, 303)
  })

  app.post(admin.publishNextNews, async ({ actor, repo }, reply) => {
    news.mayOrThrow(actor, 'reorder')
    const next = await news.nextInQueue(repo)
    const asOf = app.parts.clock()
    const saved = next && (await news.publishNewsItem(repo, next, {}, { asOf }))
    if (!saved?.ok)
      return reply.flash('Nothing is in the queue.', 'failed').redirect(admin.newsQueue, 303)
    return reply.flash(`“${saved.value.headline}” is out.`).redirect(admin.newsQueue, 303)
  })
}

function done(
  reply: FastifyReply,
  saved: Saved<typeof news.NewsItem>,
  words: string,
  { id }: news.NewsItem,
): FastifyReply {
  const said = saved.ok ? reply.flash(words) : reply.flash(OVERTAKEN, 'failed')
  return said.redirect(admin.publishNewsItem(id), 303)
}

async function show(
  app: FastifyInstance,
  reply: FastifyReply,
  item: news.NewsItemToEdit,
  refused?: Changeset<typeof news.NewsItem>,
): Promise<FastifyReply> {
  const { actor } = reply.request
  const frame = await reply.adminFrame({
    title: `Publish “${item.headline}”`,
    section: 'news',
    crumbs: [
      { title: 'News', href: admin.news },
      { title: item.headline, href: admin.editNewsItem(item.id) },
    ],
  })
  const shown = { item, asOf: app.parts.clock(), zone: zoneOf(actor) }
  return reply.html('admin/news/publish', newsPublication(frame, actor, shown, refused))
}
