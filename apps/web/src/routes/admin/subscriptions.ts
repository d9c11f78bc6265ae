import multipart from '@fastify/multipart'
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

/** Who is mailed of a podcast. */
export default function subscriptionRoutes(app: FastifyInstance): void {
  const { clock } = app.parts

  app.get(admin.podcastSubscriptions(':podcast'), async (request, reply) => {
    const { actor, repo, query, params } = request
    const podcast = await podcasts.getPodcastById(repo, withPodcast(params))
    const of = { podcastId: podcast.id }
    subscriptions.mayOrThrow(actor, 'count', of)
    const asked = listQuery(query, ['-confirmedAt'])
    const found = subscriptions.may(actor, 'list', of)
      ? await subscriptions.listSubscriptions(repo, podcast.id, asked)
      : null
    const totals = await subscriptions.countSubscriptions(repo, podcast.id, clock())
    const crumbs = [
      { title: 'Podcasts', href: admin.podcasts },
      { title: podcast.title, href: admin.podcast(podcast.id) },
    ]
    const frame = await reply.adminFrame({ title: 'Subscriptions', section: 'podcasts', crumbs })
    const shown = { podcast, totals, asked, found }
    return reply.html('admin/subscriptions/show', subscriptionDesk(frame, actor, shown))
  })

  void app.register(importRoutes)
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

  app.post(
    admin.importSubscribers(':podcast'),
    { bodyLimit: 2 * LARGEST },
    async (request, reply) => {
      const { actor, repo } = request
      const podcast = await podcastOf(request)
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
        { podcast, text: typed.csv, context: typed.context },
        clock(),
      )
      const words = added.length === 1 ? 'One is subscribed.' : `${added.length} are subscribed.`
      return reply.flash(words).redirect(admin.podcastSubscriptions(podcast.id), 303)
    },
  )
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
  podcast: podcasts.Podcast,
  typed: TypedImport,
): Promise<FastifyReply> {
  const crumbs = [
    { title: 'Podcasts', href: admin.podcasts },
    { title: podcast.title, href: admin.podcast(podcast.id) },
    { title: 'Subscriptions', href: admin.podcastSubscriptions(podcast.id) },
  ]
  const title = 'Import subscribers'
  const frame = await reply.adminFrame({ title, section: 'podcasts', crumbs })
  return reply.html('admin/subscriptions/import', importSubscribersPage(frame, podcast, typed))
}
