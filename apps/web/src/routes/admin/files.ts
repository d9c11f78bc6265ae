import * as moving from '@showrunner/domain/moving'
import * as podcasts from '@showrunner/domain/podcasts'
import { type FastifyInstance, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { withPodcast } from '../../admin/episode-at.ts'
import { type PodcastAddress } from '../../admin/route-addresses.ts'
import { addresses } from '../../addresses.ts'
import { filesPage } from '../../presenters/admin/files-page.ts'
import { counted } from '../../presenters/names.ts'

const { admin } = addresses
const PODCAST = ':podcast'

const Box = z.stringbool().catch(false)
const Chosen = z.object({ bringPictures: Box, bringAudio: Box })

/** Files of a podcast that lie elsewhere, and are brought here. */
export default function fileRoutes(app: FastifyInstance): void {
  app.get<PodcastAddress>(admin.podcastFiles(PODCAST), async (request, reply) => {
    const podcast = await podcastFor(request, 'show')
    const { actor, repo } = request
    const [found, frame] = await Promise.all([
      moving.readMoving(repo, podcast.id),
      reply.adminFrame({
        title: `Files of ${podcast.title}`,
        section: 'podcasts',
        desk: `files:${podcast.id}`,
        crumbs: [
          { title: 'Podcasts', href: admin.podcasts },
          { title: podcast.title, href: admin.podcast(podcast.id) },
        ],
      }),
    ])
    return reply.html('admin/podcasts/files', filesPage(frame, actor, podcast, found))
  })

  app.post<PodcastAddress>(admin.podcastFiles(PODCAST), async (request, reply) => {
    const podcast = await podcastFor(request, 'bring')
    const { bringPictures, bringAudio } = Chosen.parse(request.body ?? {})
    const count = await moving.bringFiles(request.repo, {
      podcastId: podcast.id,
      personId: request.actor.person.id,
      kinds: [
        ...(bringPictures ? ['picture' as const] : []),
        ...(bringAudio ? ['audio' as const] : []),
      ],
    })
    if (count === 0) reply.flash('Nothing was chosen that is not on its way already.', 'failed')
    else reply.flash(`${counted(count, 'file')} to bring here.`)
    return reply.redirect(admin.podcastFiles(podcast.id), 303)
  })

  app.post<PodcastAddress>(admin.filesAgain(PODCAST), async (request, reply) => {
    const { id } = await podcastFor(request, 'bring')
    const count = await moving.tryAgain(request.repo, id, request.actor.person.id)
    return reply
      .flash(`${counted(count, 'file')} to be tried again.`)
      .redirect(admin.podcastFiles(id), 303)
  })

  app.post<PodcastAddress>(admin.stopFiles(PODCAST), async (request, reply) => {
    const { id } = await podcastFor(request, 'bring')
    const count = await moving.stopBringing(request.repo, id, app.parts.clock())
    return reply
      .flash(`Stopped: ${counted(count, 'file')} stay where they are.`)
      .redirect(admin.podcastFiles(id), 303)
  })
}

async function podcastFor(
  { actor, repo, params }: FastifyRequest<PodcastAddress>,
  action: 'show' | 'bring',
): Promise<podcasts.Podcast> {
  const podcast = await podcasts.getPodcastById(repo, withPodcast(params))
  moving.mayOrThrow(actor, action, { podcastId: podcast.id })
  return podcast
}
