import * as episodes from '@showrunner/domain/episodes'
import * as uploads from '@showrunner/domain/uploads'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addresses } from '../../../addresses.ts'
import { episodeAt } from '../../../admin/episode-at.ts'
import { parse } from '../../../parse.ts'
import {
  audioTabs,
  markersForm,
  type MarkersForm,
} from '../../../presenters/admin/episode-audio-page.ts'
import { uploadPanel } from '../../../presenters/admin/upload-panel.ts'

const { admin } = addresses

const EPISODE = [':podcast', ':id'] as const
const KINDS = ['audio', 'cover', 'members-audio', 'markers'] as const

const Pasted = z.object({ markers: z.string().max(500_000).default('') })

export default function episodeAudioRoutes(app: FastifyInstance): void {
  app.get(admin.episodeAudio(...EPISODE), async (request, reply) => {
    const episode = await chosen(request)
    return show(request, reply, episode, markersForm(episode))
  })

  app.post(admin.episodeMarkers(...EPISODE), async (request, reply) => {
    const episode = await chosen(request)
    const { markers: text } = parse(Pasted, request.body ?? {})
    const read = uploads.chaptersFromMarkers(text)
    if (!read.ok) {
      const form = markersForm(episode, { text, errors: read.errors })
      return show(request, reply.code(422), episode, form)
    }
    await uploads.putChapters(request.repo, episode, read.chapters)
    const count = read.chapters.length
    return reply
      .flash(count === 1 ? 'One chapter was made of it.' : `${count} chapters were made of it.`)
      .redirect(admin.episodeAudio(episode.podcastId, episode.id), 303)
  })
}

async function chosen({ repo, actor, params }: FastifyRequest): Promise<episodes.EpisodeSheet> {
  const { podcastId, id } = episodeAt(params)
  const episode = await episodes.getEpisodeSheet(repo, podcastId, id)
  episodes.mayOrThrow(actor, 'update', episode)
  return episode
}

async function show(
  { repo, actor }: FastifyRequest,
  reply: FastifyReply,
  episode: episodes.EpisodeSheet,
  markers: MarkersForm,
): Promise<FastifyReply> {
  const { id: subjectId, podcastId, podcast, title } = episode
  const here = admin.episodeAudio(podcastId, subjectId)
  const about = { subject: 'episode', subjectId } as const
  const [frame, ...uploaded] = await Promise.all([
    reply.adminFrame({
      title: `Audio of “${title}”`,
      section: 'podcasts',
      desk: `audio:${podcastId}:${subjectId}`,
      crumbs: [
        { title: 'Podcasts', href: admin.podcasts },
        { title: podcast.title, href: admin.episodes(podcastId) },
        { title, href: admin.editEpisode(podcastId, subjectId) },
      ],
    }),
    ...KINDS.map((kind) => uploads.getUploaded(repo, actor, { ...about, kind })),
  ])
  return reply.html('admin/uploads/episode', {
    frame,
    tabs: audioTabs(frame, episode),
    label: 'Episode',
    panels: uploaded.map((one) => uploadPanel(one, here)),
    markers,
  })
}
