import * as downloads from '@showrunner/domain/downloads'
import * as episodes from '@showrunner/domain/episodes'
import * as mailing from '@showrunner/domain/mailing'
import * as podcasts from '@showrunner/domain/podcasts'
import * as sponsors from '@showrunner/domain/sponsors'
import { getVideoEpisode } from '@showrunner/domain/youtube'
import { type FastifyInstance, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addresses } from '../../addresses.ts'
import { episodeAt, withPodcast } from '../../admin/episode-at.ts'
import { type ListQuery, listQuery } from '../../admin/list-query.ts'
import { withId } from '../../admin/with-id.ts'
import { type Asked, downloadsCsv, downloadsPage } from '../../presenters/admin/downloads.ts'
import { episodeDownloadsPage } from '../../presenters/admin/episode-downloads.ts'
import { podcastDownloadsPage } from '../../presenters/admin/podcast-downloads.ts'
import { sponsorReportPage } from '../../presenters/admin/sponsor-report.ts'
import { RowId } from '../../row-id.ts'

const { admin } = addresses

const DAY_MS = 24 * 60 * 60_000
const USUAL_RANGE = 30
const SUBSCRIBER_DAYS = 60

/** A day that there is; anything else is as if nothing was said. */
const Day = z.iso.date().optional().catch(undefined)
const Range = z.object({
  range: z.coerce
    .number()
    .refine((days) => downloads.SPANS.some((span) => span === days))
    .optional()
    .catch(undefined),
  from: Day,
  to: Day,
  podcast: RowId.optional().catch(undefined),
  least: z.coerce.number().int().min(0).max(1_000_000_000).catch(1),
})
const Shown = z.object({ by: z.enum(downloads.INTERVALS).catch('day'), day: Day })

/** How often what is heard, and by whose programs. */
export default function downloadRoutes(app: FastifyInstance): void {
  const { clock } = app.parts

  app.get(admin.downloads, async (request, reply) => {
    const { actor, repo } = request
    downloads.mayOrThrow(actor, 'list')
    const { query, asked } = askedIn(request, clock())
    const [totals, found, shows, frame] = await Promise.all([
      downloads.downloadTotals(repo, actor, clock()),
      downloads.searchDownloads(repo, actor, { ...asked, sort: query.sort, page: query.page }),
      downloads.podcastsOf(repo, actor),
      reply.adminFrame({ title: 'Downloads', section: 'downloads' }),
    ])
    const shown = { totals, found, podcasts: shows }
    return reply.html('admin/downloads/index', downloadsPage(frame, query, asked, shown))
  })

  app.get(admin.downloadsCsv, async (request, reply) => {
    const { actor, repo } = request
    downloads.mayOrThrow(actor, 'list')
    const { query, asked } = askedIn(request, clock())
    const all = { ...asked, sort: query.sort, page: null }
    const found = await downloads.searchDownloads(repo, actor, all)
    const name = `downloads-${asked.first}-${asked.last}.csv`
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(downloadsCsv(found))
  })

  episodeRoute(app)
  podcastRoute(app)
  sponsorRoute(app)
}

function askedIn(
  { query: given }: FastifyRequest,
  now: Date,
): { readonly query: ListQuery; readonly asked: Asked } {
  const query = listQuery(given, downloads.DOWNLOAD_SORTS)
  const { range, from, to, podcast: podcastId, least } = Range.parse({ least: 1, ...query.chosen })
  const today = dayOf(now)
  if (range === undefined && (from !== undefined || to !== undefined)) {
    const [first, last] = [from ?? to ?? today, to ?? today].toSorted()
    const ends = { first: first ?? today, last: last ?? today }
    return { query, asked: { ...ends, range: null, least, podcastId } }
  }
  const days = range ?? USUAL_RANGE
  const first = dayOf(new Date(now.getTime() - (days - 1) * DAY_MS))
  return { query, asked: { first, last: today, range: days, least, podcastId } }
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}

function episodeRoute(app: FastifyInstance): void {
  const { clock } = app.parts

  app.get(admin.episodeDownloads(':podcast', ':id'), async (request, reply) => {
    const { actor, repo, params, query } = request
    const { podcastId, id } = episodeAt(params)
    const episode = await getVideoEpisode(repo, podcastId, id)
    episodes.mayOrThrow(actor, 'show', episode)
    downloads.mayOrThrow(actor, 'show', episode)
    const { by } = Shown.parse(query)
    const { podcast, title } = episode
    const isCounted = mailing.may(actor, 'count', episode)
    const [report, mails, frame] = await Promise.all([
      downloads.reportOnEpisode(repo, episode, by, clock()),
      isCounted ? mailing.countMails(repo, { type: 'episode', id }) : null,
      reply.adminFrame({
        title: `Downloads of “${title}”`,
        section: 'podcasts',
        crumbs: [
          { title: 'Podcasts', href: admin.podcasts },
          { title: podcast.title, href: admin.episodes(podcastId) },
          { title, href: admin.editEpisode(podcastId, id) },
        ],
      }),
    ])
    return reply.html(
      'admin/downloads/episode',
      episodeDownloadsPage(frame, episode, { report, mails }, by),
    )
  })
}

function podcastRoute(app: FastifyInstance): void {
  const { clock } = app.parts

  app.get(admin.podcastDownloads(':podcast'), async (request, reply) => {
    const { actor, repo, params, query } = request
    const podcast = await podcasts.getPodcastById(repo, withPodcast(params))
    const podcastId = podcast.id
    podcasts.mayOrThrow(actor, 'show', podcast)
    downloads.mayOrThrow(actor, 'show', { podcastId })
    const { by, day: asked } = Shown.parse(query)
    const today = dayOf(clock())
    const day = asked !== undefined && asked < today ? asked : today
    const [points, performance, subscribers, agents, frame] = await Promise.all([
      downloads.pointsOfPodcast(repo, podcastId, by, clock()),
      downloads.performanceOf(repo, podcastId, clock()),
      downloads.subscribersByDay(repo, podcastId, SUBSCRIBER_DAYS, clock()),
      downloads.feedAgentsOn(repo, podcastId, day),
      reply.adminFrame({
        title: `Downloads of ${podcast.title}`,
        section: 'podcasts',
        crumbs: [
          { title: 'Podcasts', href: admin.podcasts },
          { title: podcast.title, href: admin.podcast(podcastId) },
        ],
      }),
    ])
    const numbers = { interval: by, points, performance, subscribers, agents, day, today }
    return reply.html(
      'admin/downloads/podcast',
      podcastDownloadsPage(frame, actor, podcast, numbers),
    )
  })
}

function sponsorRoute(app: FastifyInstance): void {
  app.get(admin.sponsorReport(':id'), async ({ actor, repo, params }, reply) => {
    downloads.mayOrThrow(actor, 'report')
    const sponsor = await sponsors.getSponsorById(repo, withId(params))
    const placements = await downloads.placementsOf(repo, sponsor, app.parts.clock())
    const frame = await reply.adminFrame({
      title: `Report for ${sponsor.name}`,
      section: 'sponsors',
      crumbs: [
        { title: 'Sponsors', href: admin.sponsors },
        { title: sponsor.name, href: admin.sponsor(sponsor.id) },
      ],
    })
    return reply.html('admin/downloads/report', sponsorReportPage(frame, sponsor, placements))
  })
}
