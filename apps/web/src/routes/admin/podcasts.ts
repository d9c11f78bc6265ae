import { type Changeset, errorMessages } from '@showrunner/data'
import { type Conflict } from '@showrunner/domain/conflicts'
import * as podcasts from '@showrunner/domain/podcasts'
import { changePodcastSlug } from '@showrunner/domain/publishing'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { withPodcast } from '../../admin/episode-at.ts'
import { listQuery } from '../../admin/list-query.ts'
import { rebased } from '../../admin/overtaken.ts'
import { versionRoute } from '../../admin/version-route.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { withConflict } from '../../presenters/admin/conflict-part.ts'
import { type PodcastAddress } from '../../admin/route-addresses.ts'
import { addresses } from '../../addresses.ts'
import { afterSaving } from '../../admin/after-saving.ts'
import { podcastPage } from '../../presenters/admin/podcast-page.ts'
import { podcastList } from '../../presenters/admin/podcasts.ts'

const { admin } = addresses
const PODCAST = ':podcast'

export default function podcastRoutes(app: FastifyInstance): void {
  app.get(admin.podcasts, async ({ actor, repo, query }, reply) => {
    podcasts.mayOrThrow(actor, 'list')
    const asked = listQuery(query, podcasts.PODCAST_SORTS)
    const found = await podcasts.searchPodcasts(repo, { ...asked, status: asked.chosen['status'] })
    const frame = await reply.adminFrame({ title: 'Podcasts', section: 'podcasts' })
    return reply.html('admin/list/show', podcastList(frame, actor, asked, found))
  })

  app.get(admin.newPodcast, async ({ actor }, reply) => {
    podcasts.mayOrThrow(actor, 'create')
    const sheet = podcasts.newPodcastSheet()
    return send(reply, sheet, podcasts.editPodcast(sheet))
  })

  app.post(admin.podcasts, async ({ actor, repo, body }, reply) => {
    podcasts.mayOrThrow(actor, 'create')
    const sheet = podcasts.newPodcastSheet()
    const saved = await podcasts.savePodcastSheet(repo, sheet, body)
    if (!saved.ok) return send(reply.code(422), sheet, saved.changeset)
    return reply
      .flash('The podcast is there. Give it its artwork next.')
      .redirect(admin.podcastArtwork(saved.value.id), 303)
  })

  app.get<PodcastAddress>(admin.podcast(PODCAST), async ({ params }, reply) => {
    return reply.redirect(admin.episodes(withPodcast(params)), 302)
  })

  editPodcast(app)
}

function editPodcast(app: FastifyInstance): void {
  app.get<PodcastAddress>(admin.editPodcast(PODCAST), async (request, reply) => {
    const sheet = await sheetFor(request, 'update')
    return send(reply, sheet, podcasts.editPodcast(sheet))
  })

  versionRoute<PodcastAddress>(app, admin.editPodcast(PODCAST), (request) => {
    return sheetFor(request, 'update')
  })

  app.post<PodcastAddress>(admin.editPodcast(PODCAST), async (request, reply) => {
    const sheet = await sheetFor(request, 'update')
    const { repo, body } = request
    const saved = await podcasts.savePodcastSheet(repo, sheet, body)
    if (!saved.ok) {
      const again = await rebased(repo, sheet, saved.changeset, {
        read: () => podcasts.getPodcastSheet(repo, sheet.id),
        propose: (row, params) => podcasts.proposePodcastSheet(repo, row, params),
      })
      return send(reply.code(422), again.row, again.changeset, again.conflict)
    }
    const next = afterSaving(body, admin.editPodcast(sheet.id), admin.podcasts)
    return reply.flash('Saved.').redirect(next, 303)
  })

  app.post<PodcastAddress>(admin.changePodcastSlug(PODCAST), async (request, reply) => {
    const sheet = await sheetFor(request, 'update')
    const changed = await changePodcastSlug(request.repo, sheet, request.body)
    const to = admin.editPodcast(sheet.id)
    if (changed.ok)
      return reply.flash('It has its new address; the old one leads there.').redirect(to, 303)

    const [why = 'cannot be changed'] = errorMessages(changed.changeset)['slug'] ?? []
    return reply.flash(`The slug ${why}.`, 'failed').redirect(to, 303)
  })

  app.post<PodcastAddress>(admin.removePodcast(PODCAST), async (request, reply) => {
    const sheet = await sheetFor(request, 'delete')
    const removed = await podcasts.deletePodcast(request.repo, sheet)
    if (removed.ok) return reply.flash(`“${sheet.title}” is deleted.`).redirect(admin.podcasts, 303)

    return reply
      .flash('It has episodes: archive it instead.', 'failed')
      .redirect(admin.editPodcast(sheet.id), 303)
  })
}

async function sheetFor(
  { actor, repo, params }: FastifyRequest<PodcastAddress>,
  action: 'update' | 'delete',
): Promise<podcasts.PodcastSheet> {
  const sheet = await podcasts.getPodcastSheet(repo, withPodcast(params))
  podcasts.mayOrThrow(actor, action, sheet)
  return sheet
}

async function send(
  reply: FastifyReply,
  sheet: podcasts.PodcastSheet,
  changeset: Changeset<typeof podcasts.Podcast>,
  conflict: Conflict | null = null,
): Promise<FastifyReply> {
  const frame = await reply.adminFrame({
    title: sheet.id === null ? 'New podcast' : sheet.title,
    section: 'podcasts',
    crumbs: [{ title: 'Podcasts', href: admin.podcasts }],
  })
  const { actor } = reply.request
  const page = podcastPage(frame, actor, sheet, changeset)
  return reply.html('admin/podcasts/edit', withConflict(page, conflict, zoneOf(actor)))
}
