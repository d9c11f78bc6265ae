import * as uploads from '@showrunner/domain/uploads'
import { NotFoundError } from '@showrunner/data'
import { isItsHost } from '@showrunner/domain/policies'
import { z } from 'zod'
import { beginningOf } from '../../uploads/beginning.ts'
import { endOf } from '../../uploads/said.ts'
import { writeAtMost } from '../../uploads/write-at-most.ts'
import { type RawBody, write, type Writing } from '../operation.ts'
import { uploadAnswer, uploadPath } from '../present/desk.ts'
import { Problem } from '../problem.ts'
import { refusedChangeset } from '../refused-changeset.ts'
import { DeskPath, Upload, UploadPath } from '../schemas/desk.ts'
import { episodeAtDesk } from './at-desk.ts'
import { bodyOf, empty } from './raw-body.ts'

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

export function tooLarge(said: string): Problem {
  return new Problem('too-large', { detail: `It has more than the ${said} that are taken here.` })
}
