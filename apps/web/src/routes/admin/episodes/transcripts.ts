import multipart from '@fastify/multipart'
import { type Changeset } from '@showrunner/data'
import * as transcripts from '@showrunner/domain/transcripts'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addresses } from '../../../addresses.ts'
import { multipartForm } from '../../../admin/multipart-form.ts'
import { wordsFrame, wordsOf } from '../../../admin/transcript-at.ts'
import { parse } from '../../../parse.ts'
import { pastedPage } from '../../../presenters/admin/pasted-page.ts'
import { transcriptsPage } from '../../../presenters/admin/transcripts-page.ts'
import transcriptRoutes from './transcript.ts'

const { admin } = addresses
const EPISODE = [':podcast', ':id'] as const

/** Words of a whole day. */
const LARGEST = 10_000_000

const OfVersion = z.object({ version: z.coerce.number().int().positive() })

export default function transcriptsRoutes(app: FastifyInstance): void {
  app.get(admin.episodeTranscripts(...EPISODE), async (request, reply) => {
    const episode = await wordsOf(request, 'show')
    return sendList(request, reply, episode, transcripts.editPasted())
  })

  app.post(admin.restoreTranscript(...EPISODE, ':version'), async (request, reply) => {
    const episode = await wordsOf(request, 'update')
    const { repo, actor, params } = request
    const { version: id } = parse(OfVersion, params)
    const version = await transcripts.getVersion(repo, episode, id)
    const back = await transcripts.restoreVersion(repo, version, actor)
    return reply
      .flash('The earlier words are back. Those they replace are kept as a version.')
      .redirect(admin.transcript(episode.podcastId, episode.id, back.id), 303)
  })

  void app.register(pastedRoutes)
  transcriptRoutes(app)
}

/** In a scope of its own: nothing else in the admin area takes forms with files. */
async function pastedRoutes(app: FastifyInstance): Promise<void> {
  const limits = { fileSize: LARGEST, fieldSize: LARGEST, files: 1, fields: 20 }
  await app.register(multipart, { limits })
  const bodyLimit = 2 * LARGEST

  app.post(admin.lookAtTranscript(...EPISODE), { bodyLimit }, async (request, reply) => {
    const episode = await wordsOf(request, 'update')
    const { fields, file } = await multipartForm(request)
    const named = { ...fields, name: file?.name ?? fields['name'] ?? '' }
    const looked = transcripts.lookAtPasted(named, file?.bytes)
    if (!looked.ok) return sendList(request, reply.code(422), episode, looked.changeset)
    const { read, pasted } = looked
    const preview = await transcripts.previewPasted(request.repo, episode, read, pasted)
    const frame = await wordsFrame(reply, episode, { title: 'What was read', below: true })
    return reply.html('admin/transcripts/pasted', pastedPage(frame, episode, looked, preview))
  })

  app.post(admin.episodeTranscripts(...EPISODE), { bodyLimit }, async (request, reply) => {
    const episode = await wordsOf(request, 'update')
    const { fields } = await multipartForm(request)
    const { repo, actor } = request
    const taken = await transcripts.takeTranscript(repo, episode, fields, actor)
    if (!taken.ok) return sendList(request, reply.code(422), episode, taken.changeset)
    const words =
      taken.outcome === 'unchanged'
        ? 'These are the words that were there already.'
        : 'The transcript is saved.'
    return reply
      .flash(words)
      .redirect(admin.transcript(episode.podcastId, episode.id, taken.transcript.id), 303)
  })
}

async function sendList(
  { repo, actor }: FastifyRequest,
  reply: FastifyReply,
  episode: transcripts.EpisodeToTranscribe,
  changeset: Changeset<typeof transcripts.Pasted>,
): Promise<FastifyReply> {
  const [listed, versions] = await Promise.all([
    transcripts.listTranscripts(repo, episode),
    transcripts.listVersions(repo, episode),
  ])
  const frame = await wordsFrame(reply, episode, { title: `Transcripts of “${episode.title}”` })
  const shown = { episode, changeset, listed, versions }
  return reply.html('admin/transcripts/index', transcriptsPage(frame, actor, shown))
}
