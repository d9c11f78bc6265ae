import { type Readable } from 'node:stream'
import * as transcripts from '@showrunner/domain/transcripts'
import * as uploads from '@showrunner/domain/uploads'
import { NotFoundError } from '@showrunner/data'
import { isItsHost } from '@showrunner/domain/policies'
import { z } from 'zod'
import { beginningOf } from '../../uploads/beginning.ts'
import { endOf } from '../../uploads/said.ts'
import { writeAtMost } from '../../uploads/write-at-most.ts'
import { type RawBody, write, type Writing } from '../operation.ts'
import { deskPath, uploadAnswer, uploadPath } from '../present/desk.ts'
import { Problem } from '../problem.ts'
import { refusedChangeset } from '../refused-changeset.ts'
import { DeskPath, TranscriptTaken, Upload, UploadPath } from '../schemas/desk.ts'
import { episodeAtDesk } from './at-desk.ts'
import { wholeText } from './whole-text.ts'

const SOUND: RawBody = {
  types: [
    'audio/mpeg',
    'audio/mp4',
    'audio/wav',
    'audio/ogg',
    'audio/flac',
    'application/octet-stream',
  ],
  description:
    'The file itself, not a form. What it is, is read off its bytes: the type said here counts for nothing.',
  mostBytes: uploads.LIMITS.audio.most,
}

const RECORDINGS = { public: 'audio', members: 'members-audio' } as const

export const putAudio = write({
  id: 'putAudio',
  method: 'PUT',
  path: '/desk/episodes/{id}/audio',
  tag: 'Publishing',
  summary: 'Upload the sound of an episode, in one request',
  description: `Up to ${uploads.LIMITS.audio.said}: MP3, M4A, WAV, Ogg, Opus or FLAC. When all of it is here, a job looks at it, measures it, writes title, cover and chapters into it, and puts it into the episode: the answer says where to ask how far that is.`,
  scope: 'uploads:write',
  params: DeskPath,
  query: z.strictObject({
    name: z.string().min(1).max(255).default('audio').describe('What the file is called.'),
    recording: z
      .enum(['public', 'members'])
      .default('public')
      .describe('Which of the two: what everybody hears, or what members do.'),
  }),
  raw: SOUND,
  answers: { 202: { description: 'All of it is here. A job takes it from here.', schema: Upload } },
  problems: ['invalid', 'too-large', 'unsupported-type'],
  async perform(writing) {
    const { repo, actor, params, query, outside } = writing
    await episodeAtDesk(writing, 'update')
    const said = saidLength(writing)
    const about = { subject: 'episode', subjectId: params.id } as const
    const kind = RECORDINGS[query.recording]
    const begun = await uploads.beginUpload(repo, actor, about, {
      kind,
      name: endOf(query.name) || 'audio',
      bytes: said ?? 1,
    })
    if (!begun.ok) throw refusedChangeset(begun.changeset)
    const bytes = await receive(writing, begun.value, said)
    await uploads.receivedUpload(repo, { id: begun.value.id, bytes })
    const upload = await uploads.getOwnUpload(repo, actor, begun.value.id)
    const location = outside.api(uploadPath(upload.id))
    return { status: 202, body: uploadAnswer(outside, upload), headers: { location } }
  },
})

export const getUpload = write({
  id: 'getUpload',
  method: 'GET',
  path: '/desk/uploads/{id}',
  tag: 'Publishing',
  summary: 'How far an upload is',
  scope: null,
  params: UploadPath,
  answers: { 200: { description: 'The upload.', schema: Upload } },
  problems: [],
  async perform({ repo, actor, params, outside }) {
    const upload = await uploads.getOwnUpload(repo, actor, params.id)
    const { subject, podcastId } = upload
    const isReached = subject === 'episode' && podcastId !== null && isItsHost(actor, { podcastId })
    if (!isReached) throw new NotFoundError(uploads.Upload, `with id ${params.id}`)
    return { status: 200, body: uploadAnswer(outside, upload) }
  },
})

const MOST_WORDS = 5_000_000

const ENDINGS: Readonly<Record<string, string>> = {
  'text/vtt': 'vtt',
  'application/x-subrip': 'srt',
  'application/json': 'json',
  'text/markdown': 'md',
}

export const putTranscript = write({
  id: 'putTranscript',
  method: 'PUT',
  path: '/desk/episodes/{id}/transcript',
  tag: 'Publishing',
  summary: 'Give an episode its transcript in a language',
  description:
    'The one it replaces is kept as a version. The same words again are no change; who was matched to a speaker stays so.',
  scope: 'episodes:write',
  params: DeskPath,
  query: z.strictObject({
    language: z
      .string()
      .min(2)
      .max(35)
      .optional()
      .describe('As BCP 47 writes it; that of the podcast, where none is said.'),
  }),
  raw: {
    types: [...Object.keys(ENDINGS), 'text/plain'],
    description:
      'WebVTT, SubRip, JSON as the Podcast Index has it, or Markdown with names before what they say.',
    mostBytes: MOST_WORDS,
  },
  answers: { 200: { description: 'What became of it.', schema: TranscriptTaken } },
  problems: ['invalid', 'too-large', 'unsupported-type'],
  async perform(writing) {
    const { repo, actor, query, outside, request } = writing
    const episode = await episodeAtDesk(writing, 'update')
    transcripts.mayOrThrow(actor, 'update', episode)
    const file = await wholeText(bodyOf(writing), MOST_WORDS)
    const [type = ''] = (request.headers['content-type'] ?? '').split(';')
    const name = `transcript.${ENDINGS[type.trim().toLowerCase()] ?? 'txt'}`
    const params = { name, language: query.language ?? episode.podcast.language }
    const looked = transcripts.lookAtPasted(params, file)
    if (!looked.ok) throw refusedChangeset(looked.changeset)
    const { text } = looked.pasted
    const taken = await transcripts.takeTranscript(repo, episode, { ...params, text }, actor)
    if (!taken.ok) throw refusedChangeset(taken.changeset)
    const { language, cueCount, timed } = taken.transcript
    const episodeUrl = outside.api(deskPath(episode.id))
    return { status: 200, body: { outcome: taken.outcome, language, cueCount, timed, episodeUrl } }
  },
})

type Sending = Pick<Writing<unknown, unknown, unknown>, 'app' | 'repo' | 'request' | 'body'>

/** What the request says of its length. @throws Problem for what is more than is taken. */
function saidLength({ request }: Pick<Sending, 'request'>): number | undefined {
  const said = request.headers['content-length']
  if (said === undefined) return undefined
  const length = Number(said)
  if (length > SOUND.mostBytes) throw tooLarge(uploads.LIMITS.audio.said)
  return length
}

/** Writes what is sent into the staging, and gives the number of its bytes. What is refused is gone. */
async function receive(
  writing: Sending,
  upload: uploads.Upload,
  said: number | undefined,
): Promise<number> {
  const { app, repo } = writing
  const limit = uploads.LIMITS[upload.kind]
  try {
    const { head, whole } = await beginningOf(bodyOf(writing), uploads.BEGINNING_BYTES)
    if (head.length === 0) throw empty()
    const refusal = await uploads.lookAtBeginning(repo, upload, head)
    if (refusal !== undefined) throw new Problem('unsupported-type', { detail: refusal })
    const { bytes, isTooLarge } = await writeAtMost(app.parts.staging, upload, whole, limit.most)
    if (isTooLarge) throw tooLarge(limit.said)
    if (said !== undefined && bytes !== said) {
      const detail = `Of ${said} bytes that were announced, ${bytes} came. Send it again.`
      throw new Problem('bad-request', { detail })
    }
    return bytes
  } catch (error) {
    await uploads.cancelUpload(repo, upload)
    throw error
  }
}

function bodyOf({ body }: Pick<Sending, 'body'>): Readable {
  // Where the body is raw, nothing has read it: it is the request itself. One without a body has none.
  if (body === undefined || body === null) throw empty()
  return body as Readable
}

function empty(): Problem {
  return new Problem('invalid', {
    detail: 'The body is empty: send the file itself.',
    faults: [{ in: 'body', name: '', detail: 'is empty' }],
  })
}

export function tooLarge(said: string): Problem {
  return new Problem('too-large', { detail: `It has more than the ${said} that are taken here.` })
}
