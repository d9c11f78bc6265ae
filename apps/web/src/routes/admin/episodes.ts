import { type Changeset } from '@showrunner/data'
import * as episodes from '@showrunner/domain/episodes'
import * as podcasts from '@showrunner/domain/podcasts'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addresses } from '../../addresses.ts'
import { afterSaving } from '../../admin/after-saving.ts'
import { episodeAt, withPodcast } from '../../admin/episode-at.ts'
import { type Rebased, rebased } from '../../admin/overtaken.ts'
import { withConflict } from '../../presenters/admin/conflict-part.ts'
import { listQuery } from '../../admin/list-query.ts'
import { versionRoute } from '../../admin/version-route.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { parse } from '../../parse.ts'
import { type EpisodeAddress, type PodcastAddress } from '../../admin/route-addresses.ts'
import { episodeList } from '../../presenters/admin/episode-list.ts'
import { episodeSheetPage } from '../../presenters/admin/episode-sheet-page.ts'
import { shownMonths, takenDates } from '../../presenters/admin/taken-dates.ts'
import { newEpisodePage } from '../../presenters/admin/new-episode-page.ts'

const { admin } = addresses
const EPISODE = [':podcast', ':id'] as const

const Template = z.object({
  sponsorsOf: z
    .union([z.literal('').transform(() => undefined), z.coerce.number().int().positive()])
    .optional(),
})

export default function episodeRoutes(app: FastifyInstance): void {
  const { clock } = app.parts

  app.get<PodcastAddress>(
    admin.episodes(':podcast'),
    async ({ actor, repo, params, query }, reply) => {
      const podcast = await podcasts.getPodcastById(repo, withPodcast(params))
      episodes.mayOrThrow(actor, 'list', { podcastId: podcast.id })
      const asked = listQuery(query, episodes.EPISODE_SORTS)
      const stage = episodes.EPISODE_STAGES.find((one) => one === asked.chosen['stage'])
      const options = { ...asked, podcastId: podcast.id, stage, type: asked.chosen['type'] }
      const asOf = clock()
      const [found, counts, taken] = await Promise.all([
        episodes.searchEpisodes(repo, options, asOf),
        episodes.countStages(repo, podcast.id, asOf),
        episodes.listTakenDates(repo, podcast.id, shownMonths(asOf)),
      ])
      const frame = await reply.adminFrame({ title: podcast.title, ...below() })
      const page = episodeList(frame, actor, podcast, {
        asked,
        found,
        counts,
        stage,
        asOf,
        taken: takenDates(taken, { zone: zoneOf(actor), asOf }),
      })
      return reply.html('admin/episodes/index', page)
    },
  )

  newEpisode(app)
  editEpisode(app)

  app.post<EpisodeAddress>(
    admin.removeEpisode(...EPISODE),
    async ({ actor, repo, params }, reply) => {
      const { podcastId, id } = episodeAt(params)
      const episode = await episodes.getEpisodeSheet(repo, podcastId, id)
      episodes.mayOrThrow(actor, 'delete', episode)
      const removed = await episodes.deleteEpisode(repo, episode)
      if (!removed.ok) {
        return reply
          .flash('It is out, or will be: unpublish it first.', 'failed')
          .redirect(admin.editEpisode(podcastId, id), 303)
      }
      return reply.flash(`“${episode.title}” is deleted.`).redirect(admin.episodes(podcastId), 303)
    },
  )
}

function newEpisode(app: FastifyInstance): void {
  app.get<PodcastAddress>(admin.newEpisode(':podcast'), async ({ actor, repo, params }, reply) => {
    const podcast = await podcasts.getPodcastById(repo, withPodcast(params))
    episodes.mayOrThrow(actor, 'create', { podcastId: podcast.id })
    return sendNew(app, reply, podcast, await episodes.draftEpisode(repo, podcast))
  })

  app.post<PodcastAddress>(
    admin.episodes(':podcast'),
    async ({ actor, repo, params, body }, reply) => {
      const podcast = await podcasts.getPodcastById(repo, withPodcast(params))
      episodes.mayOrThrow(actor, 'create', { podcastId: podcast.id })
      const started = await episodes.startEpisode(repo, podcast, body, parse(Template, body))
      if (!started.ok) return sendNew(app, reply.code(422), podcast, started.changeset)

      return reply
        .flash('The draft is there. Nobody sees it but who works on this podcast.')
        .redirect(admin.editEpisode(podcast.id, started.value.id), 303)
    },
  )
}

async function sendNew(
  app: FastifyInstance,
  reply: FastifyReply,
  podcast: podcasts.Podcast,
  changeset: Changeset<typeof episodes.Episode>,
): Promise<FastifyReply> {
  const { actor, repo } = reply.request
  const asOf = app.parts.clock()
  const [latest, taken, frame] = await Promise.all([
    episodes.listLatest(repo, podcast.id),
    episodes.listTakenDates(repo, podcast.id, shownMonths(asOf)),
    reply.adminFrame({ title: 'New episode', ...below(podcast) }),
  ])
  const dates = takenDates(taken, { zone: zoneOf(actor), asOf })
  return reply.html('admin/episodes/new', newEpisodePage(frame, podcast, latest, changeset, dates))
}

function editEpisode(app: FastifyInstance): void {
  app.get<EpisodeAddress>(admin.editEpisode(...EPISODE), async (request, reply) => {
    const sheet = await sheetFor(request, 'show')
    const changeset = episodes.editEpisode(sheet)
    return sendSheet(app, reply, { row: sheet, changeset, conflict: null })
  })

  versionRoute<EpisodeAddress>(app, admin.editEpisode(...EPISODE), (request) => {
    return sheetFor(request, 'show')
  })

  app.post<EpisodeAddress>(admin.editEpisode(...EPISODE), async (request, reply) => {
    const sheet = await sheetFor(request, 'update')
    const zone = zoneOf(request.actor)
    const { repo, body } = request
    const saved = await episodes.saveEpisodeSheet(repo, sheet, body, { zone })
    if (!saved.ok) {
      const again = await rebased(repo, sheet, saved.changeset, {
        read: () => episodes.getEpisodeSheet(repo, sheet.podcastId, sheet.id),
        propose: (row, params) => episodes.proposeEpisodeSheet(repo, row, params, { zone }),
      })
      return sendSheet(app, reply.code(422), again)
    }

    const here = admin.editEpisode(sheet.podcastId, sheet.id)
    const next = afterSaving(body, here, admin.episodes(sheet.podcastId))
    return reply.flash('Saved.').redirect(next, 303)
  })
}

async function sheetFor(
  { actor, repo, params }: FastifyRequest<EpisodeAddress>,
  action: 'show' | 'update',
): Promise<episodes.EpisodeSheet> {
  const { podcastId, id } = episodeAt(params)
  const sheet = await episodes.getEpisodeSheet(repo, podcastId, id)
  episodes.mayOrThrow(actor, action, sheet)
  return sheet
}

async function sendSheet(
  app: FastifyInstance,
  reply: FastifyReply,
  { row: sheet, changeset, conflict }: Rebased<episodes.EpisodeSheet, typeof episodes.Episode>,
): Promise<FastifyReply> {
  const { actor, repo } = reply.request
  const asOf = app.parts.clock()
  const [taken, frame] = await Promise.all([
    episodes.listTakenDates(repo, sheet.podcastId, shownMonths(asOf)),
    reply.adminFrame({ title: sheet.title, ...below(sheet.podcast) }),
  ])
  const page = episodeSheetPage(frame, actor, sheet, changeset, {
    zone: zoneOf(actor),
    asOf,
    taken,
  })
  return reply.html('admin/episodes/edit', withConflict(page, conflict, zoneOf(actor)))
}

/** Below all podcasts, or below one of them. */
function below(podcast?: podcasts.Podcast) {
  const crumbs = [{ title: 'Podcasts', href: admin.podcasts }]
  return podcast
    ? ({
        section: 'podcasts',
        crumbs: [...crumbs, { title: podcast.title, href: admin.episodes(podcast.id) }],
      } as const)
    : ({ section: 'podcasts', crumbs } as const)
}
