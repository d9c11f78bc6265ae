import multipart from '@fastify/multipart'
import * as news from '@showrunner/domain/news'
import * as podcasts from '@showrunner/domain/podcasts'
import * as subscriptions from '@showrunner/domain/subscriptions'
import { textIn } from '@showrunner/feeds'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { addresses } from '../../addresses.ts'
import { withPodcast } from '../../admin/episode-at.ts'
import { listQuery } from '../../admin/list-query.ts'
import { multipartForm } from '../../admin/multipart-form.ts'
import {
  importSubscribersPage,
  subscriptionDesk,
  type TypedImport,
} from '../../presenters/admin/subscriptions.ts'

const { admin } = addresses

const LARGEST = 2 * 1024 * 1024
const LONGEST_CONTEXT = 255

/** Who is mailed of a podcast; and who of the newsletter. */
export default function subscriptionRoutes(app: FastifyInstance): void {
  const { clock } = app.parts

  app.get(admin.podcastSubscriptions(':podcast'), async (request, reply) => {
    const { actor, repo, params } = request
    const podcast = await podcasts.getPodcastById(repo, withPodcast(params))
    const of = { podcastId: podcast.id }
    subscriptions.mayOrThrow(actor, 'count', of)
    return desk(reply, podcast, subscriptions.may(actor, 'list', of))
  })

  app.get(admin.newsReaders, async ({ actor }, reply) => {
    news.mayOrThrow(actor, 'issues')
    return desk(reply, null, true)
  })

  const desk = async (reply: FastifyReply, podcast: OfPodcast, mayList: boolean) => {
    const { actor, repo, query } = reply.request
    const asked = listQuery(query, ['-confirmedAt'])
    const id = podcast?.id ?? null
    const found = mayList ? await subscriptions.listSubscriptions(repo, id, asked) : null
    const asOf = clock()
    const [totals, day, month] = await Promise.all([
      subscriptions.countSubscriptions(repo, id, asOf),
      subscriptions.growthOf(repo, id, 'day', asOf),
      subscriptions.growthOf(repo, id, 'month', asOf),
    ])
    const frame = await reply.adminFrame({
      title: podcast ? 'Subscriptions' : 'Subscribers',
      ...below(podcast),
    })
    const shown = { podcast, totals, growth: { day, month }, asked, found }
    return reply.html('admin/subscriptions/show', subscriptionDesk(frame, actor, shown))
  }

  void app.register(importRoutes)
}

/** Null for the newsletter. */
type OfPodcast = podcasts.Podcast | null

function below(podcast: OfPodcast) {
  if (!podcast) return { section: 'news', crumbs: [{ title: 'News', href: admin.news }] } as const
  const crumbs = [
    { title: 'Podcasts', href: admin.podcasts },
    { title: podcast.title, href: admin.podcast(podcast.id) },
  ]
  return { section: 'podcasts', crumbs } as const
}

function listOf(podcast: OfPodcast): string {
  return podcast ? admin.podcastSubscriptions(podcast.id) : admin.newsReaders
}

/** In a scope of its own: nothing else here takes forms with files. */
async function importRoutes(app: FastifyInstance): Promise<void> {
  const { clock } = app.parts
  await app.register(multipart, {
    limits: { fileSize: LARGEST, fieldSize: LARGEST, files: 1, fields: 10 },
  })

  app.get(admin.importSubscribers(':podcast'), async (request, reply) => {
    return show(reply, await podcastOf(request), { csv: '', context: '' })
  })

  app.get(admin.importNewsReaders, async ({ actor }, reply) => {
    news.mayOrThrow(actor, 'issues')
    return show(reply, null, { csv: '', context: '' })
  })

  const bodyLimit = 2 * LARGEST

  app.post(admin.importSubscribers(':podcast'), { bodyLimit }, async (request, reply) => {
    return take(request, reply, await podcastOf(request))
  })

  app.post(admin.importNewsReaders, { bodyLimit }, async (request, reply) => {
    news.mayOrThrow(request.actor, 'issues')
    return take(request, reply, null)
  })

  const take = async (request: FastifyRequest, reply: FastifyReply, podcast: OfPodcast) => {
    const { actor, repo } = request
    const { fields, file } = await multipartForm(request)
    const csv = file ? textIn(file.bytes) : (fields['csv'] ?? '')
    const said = (fields['context'] ?? '').trim().slice(0, LONGEST_CONTEXT)
    const typed = { csv: csv.replaceAll('\0', ''), context: said.replaceAll('\0', '') }
    const wrong = wrongIn(typed, fields)
    const report = await subscriptions.previewSubscribers(repo, podcast, typed.csv, clock())
    if (wrong.length > 0)
      return show(reply.code(422), podcast, { ...typed, problems: wrong, report })
    if (fields['step'] !== 'import') return show(reply, podcast, { ...typed, report })

    const { added } = await subscriptions.importSubscribers(
      repo,
      actor,
      { podcast, text: typed.csv, said: typed.context },
      clock(),
    )
    const words = added.length === 1 ? 'One is subscribed.' : `${added.length} are subscribed.`
    return reply.flash(words).redirect(listOf(podcast), 303)
  }
}

async function podcastOf({ actor, repo, params }: FastifyRequest): Promise<podcasts.Podcast> {
  const podcast = await podcasts.getPodcastById(repo, withPodcast(params))
  subscriptions.mayOrThrow(actor, 'import', { podcastId: podcast.id })
  return podcast
}

function wrongIn({ csv, context }: TypedImport, fields: Readonly<Record<string, string>>) {
  return [
    ...(csv.trim() === '' ? [{ message: 'There are no lines.', href: '#f-csv' }] : []),
    ...(context === '' ? [{ message: 'Say how they subscribed.', href: '#f-context' }] : []),
    ...(fields['step'] === 'import' && fields['consent'] !== 'true'
      ? [{ message: 'Say that they have asked for these mails.', href: '#f-consent' }]
      : []),
  ]
}

async function show(
  reply: FastifyReply,
  podcast: OfPodcast,
  typed: TypedImport,
): Promise<FastifyReply> {
  const { section, crumbs } = below(podcast)
  const list = { title: podcast ? 'Subscriptions' : 'Subscribers', href: listOf(podcast) }
  const title = 'Import subscribers'
  const frame = await reply.adminFrame({ title, section, crumbs: [...crumbs, list] })
  return reply.html('admin/subscriptions/import', importSubscribersPage(frame, podcast, typed))
}
