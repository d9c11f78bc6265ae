import { type Changeset, change } from '@showrunner/data'
import * as episodes from '@showrunner/domain/episodes'
import { msOf } from '@showrunner/domain/rows'
import { chaptersFromMarkers } from '@showrunner/domain/uploads'
import * as youtube from '@showrunner/domain/youtube'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addresses } from '../../../addresses.ts'
import { episodeAt } from '../../../admin/episode-at.ts'
import { parse } from '../../../parse.ts'
import { videoPage } from '../../../presenters/admin/video-page.ts'

const { admin } = addresses

const EPISODE = [':podcast', ':id'] as const

const Said = z.object({
  offset: z.string().max(20).default(''),
  markers: z.string().max(500_000).default(''),
})
type Said = z.output<typeof Said>

const NOTHING: Said = { offset: '', markers: '' }

export default function episodeVideoRoutes(app: FastifyInstance): void {
  app.get(admin.episodeVideo(...EPISODE), async (request, reply) => {
    const episode = await chosen(request, 'show')
    return show(app, request, reply, episode, NOTHING)
  })

  // Stores nothing: what is sent is too long for an address.
  app.post(admin.episodeVideo(...EPISODE), async (request, reply) => {
    const episode = await chosen(request, 'show')
    return show(app, request, reply, episode, parse(Said, request.body ?? {}))
  })

  app.post(admin.episodeVideoAddress(...EPISODE), async (request, reply) => {
    const episode = await chosen(request, 'update')
    const { youtubeUrl } = parse(Address, request.body ?? {})
    const saved = await episodes.updateEpisode(request.repo, episode, { youtubeUrl })
    if (!saved.ok) {
      return show(app, request, reply.code(422), episode, NOTHING, saved.changeset)
    }
    return reply.flash('Saved.').redirect(admin.episodeVideo(episode.podcastId, episode.id), 303)
  })
}

const Address = z.object({ youtubeUrl: z.string().max(500).default('') })

async function chosen(
  { repo, actor, params }: FastifyRequest,
  action: 'show' | 'update',
): Promise<youtube.VideoEpisode> {
  const { podcastId, id } = episodeAt(params)
  const episode = await youtube.getVideoEpisode(repo, podcastId, id)
  episodes.mayOrThrow(actor, action, episode)
  return episode
}

async function show(
  app: FastifyInstance,
  { actor }: FastifyRequest,
  reply: FastifyReply,
  episode: youtube.VideoEpisode,
  said: Said,
  changeset: Changeset<typeof episodes.Episode> = change(episode),
): Promise<FastifyReply> {
  const { id, podcastId, podcast, slug, title } = episode
  const { markers, ...wrong } = markersOf(episode, said)
  const isWrong = wrong.offsetError !== undefined || wrong.markerErrors.length > 0
  const address = app.parts.publicUrl + addresses.episode(podcast.slug, slug)
  const frame = await reply.adminFrame({
    title: `YouTube for “${title}”`,
    section: 'podcasts',
    crumbs: [
      { title: 'Podcasts', href: admin.podcasts },
      { title: podcast.title, href: admin.episodes(podcastId) },
      { title, href: admin.editEpisode(podcastId, id) },
    ],
  })
  const description = youtube.describeVideo(episode, { address, markers })
  const page = videoPage(frame, actor, episode, {
    said: { ...said, ...wrong },
    description,
    changeset,
  })
  return reply.code(isWrong ? 422 : reply.statusCode).html('admin/episodes/video', page)
}

/** Where the chapters of the video begin: as its markers say, or else as the episode's do. */
function markersOf(episode: youtube.VideoEpisode, said: Said) {
  const offsetMs = signedMs(said.offset)
  const read = said.markers.trim() === '' ? null : chaptersFromMarkers(said.markers)
  const errors = read?.ok === false ? read.errors : []
  return {
    markers: youtube.shifted(read?.ok ? read.chapters : episode.chapters, offsetMs ?? 0),
    offsetError: offsetMs === null ? 'That is no time: write it as 0:45.' : undefined,
    markerErrors: errors.map(({ line, message }) => `Line ${line}: ${message}`),
  }
}

function signedMs(text: string): number | null {
  const [, sign, time = ''] = /^([-−–+]?)(.*)$/s.exec(text.trim()) ?? []
  if (time === '') return 0
  const ms = msOf(time)
  return ms === null || sign === '' || sign === '+' ? ms : -ms
}
