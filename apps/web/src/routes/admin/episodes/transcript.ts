import { type AnyChangeset, type Params, type Repo } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import * as transcripts from '@showrunner/domain/transcripts'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addresses, type TranscriptEdit } from '../../../addresses.ts'
import { parse } from '../../../parse.ts'
import { transcriptAt, wordsFrame, wordsOf } from '../../../admin/transcript-at.ts'
import { sentRows } from '../../../admin/sent-cues.ts'
import { transcriptDesk, type Refused } from '../../../presenters/admin/transcript-desk.ts'
import { ENDINGS, typeOf } from '../../../presenters/admin/transcript-endings.ts'

const { admin } = addresses
const TRANSCRIPT = [':podcast', ':id', ':transcript'] as const

const Asked = z.object({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  find: z.string().max(500).default(''),
})
const Ending = z.object({ ending: z.enum(ENDINGS) })

export default function transcriptRoutes(app: FastifyInstance): void {
  app.get(admin.transcript(...TRANSCRIPT), async (request, reply) => {
    const episode = await wordsOf(request, 'show')
    return sendDesk(request, reply, episode)
  })

  app.post(admin.editTranscript(...TRANSCRIPT, 'cues'), async (request, reply) => {
    const episode = await wordsOf(request, 'update')
    const { repo, actor, body } = request
    const { id } = await transcriptAt(request, episode)
    const sent = sentRows(body)
    const saved = await transcripts.saveCues(repo, id, sent, actor)
    if (!saved.ok) {
      const { problems, clashes } = saved
      return sendDesk(request, reply.code(422), episode, { rows: { sent, problems, clashes } })
    }
    const asked = parse(Asked, body)
    return reply.flash('Saved.').redirect(hrefOf(request, asked), 303)
  })

  app.post(admin.editTranscript(...TRANSCRIPT, 'delete'), async (request, reply) => {
    const episode = await wordsOf(request, 'delete')
    const transcript = await transcriptAt(request, episode)
    await transcripts.deleteTranscript(request.repo, transcript, request.actor)
    return reply
      .flash('The transcript is deleted. It can be brought back below.')
      .redirect(admin.episodeTranscripts(episode.podcastId, episode.id), 303)
  })

  app.get(admin.transcriptWords(...TRANSCRIPT, ':ending'), async (request, reply) => {
    const episode = await wordsOf(request, 'show')
    const transcript = await transcriptAt(request, episode)
    const { ending } = parse(Ending, request.params)
    const type = typeOf(ending)
    const text = await transcripts.transcriptFile(request.repo, transcript, type)
    if (text === undefined) {
      return reply
        .flash(
          'Without times there can be no captions: take HTML, Markdown or plain text.',
          'failed',
        )
        .redirect(admin.transcript(episode.podcastId, episode.id, transcript.id), 303)
    }
    const name = `${episode.slug}${transcript.language ? `.${transcript.language}` : ''}.${ending}`
    return reply
      .type(`${type}; charset=utf-8`)
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(text)
  })

  edits(app)
}

type Edit = Exclude<TranscriptEdit, 'cues' | 'delete'>

/** What can be done to a whole transcript, and what is said when it is done. */
const EDITS: Readonly<
  Record<
    Edit,
    readonly [
      edit: (
        repo: Repo,
        id: number,
        params: Params,
        by: Account,
      ) => Promise<
        | { readonly ok: true; readonly count: number }
        | { readonly ok: false; readonly changeset: AnyChangeset }
      >,
      words: (count: number) => string,
    ]
  >
> = {
  shift: [transcripts.shiftTimes, () => 'Every time is moved.'],
  rename: [transcripts.renameSpeaker, (count) => `Renamed in ${count} places.`],
  match: [transcripts.matchSpeaker, (count) => `That is who speaks in ${count} places.`],
  replace: [transcripts.replaceWords, (count) => `Replaced ${count} times.`],
}

function edits(app: FastifyInstance): void {
  for (const name of ['shift', 'rename', 'match', 'replace'] as const) {
    const [edit, words] = EDITS[name]
    app.post(admin.editTranscript(...TRANSCRIPT, name), async (request, reply) => {
      const episode = await wordsOf(request, 'update')
      const { repo, actor, body } = request
      const { id } = await transcriptAt(request, episode)
      const edited = await edit(repo, id, body, actor)
      if (edited.ok) {
        const here = hrefOf(request, { page: 1, find: '' })
        return reply.flash(words(edited.count)).redirect(here, 303)
      }
      return sendDesk(request, reply.code(422), episode, { [name]: edited.changeset })
    })
  }
}

async function sendDesk(
  request: FastifyRequest,
  reply: FastifyReply,
  episode: transcripts.EpisodeToTranscribe,
  refused: Refused = {},
): Promise<FastifyReply> {
  const { repo, actor, query, body } = request
  const transcript = await transcriptAt(request, episode)
  const cues = await transcripts.listCues(repo, transcript)
  const speakers = transcripts.speakersIn(cues)
  const names = speakers.map(({ name }) => name)
  const [cast, suggestions, matched] = await Promise.all([
    transcripts.castOf(repo, episode),
    transcripts.suggestPeople(repo, episode, names),
    transcripts.listMatched(repo, cues),
  ])
  const asked = parse(Asked, request.method === 'GET' ? query : (body ?? {}))
  const language = transcript.language ?? 'no language'
  const frame = await wordsFrame(reply, episode, { title: `Transcript, ${language}`, below: true })
  const people = { cast, suggestions, matched }
  const shown = { episode, transcript, cues, speakers, people, asked, actor }
  return reply.html('admin/transcripts/show', transcriptDesk(frame, shown, refused))
}

function hrefOf({ params }: FastifyRequest, { page, find }: z.output<typeof Asked>): string {
  const { podcast, id, transcript } = params as Readonly<Record<string, string>>
  const search = new URLSearchParams({
    ...(page > 1 && { page: String(page) }),
    ...(find !== '' && { find }),
  }).toString()
  const address = admin.transcript(Number(podcast), Number(id), Number(transcript))
  return search === '' ? address : `${address}?${search}`
}
