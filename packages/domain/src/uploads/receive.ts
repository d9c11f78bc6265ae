import { PICTURE_HEAD_BYTES, typeOf } from '@showrunner/artwork'
import { HEAD_BYTES, recognise } from '@showrunner/audio'
import { addError, build, from, type Params, type Repo, type Saved } from '@showrunner/data'
import { enqueue } from '@showrunner/jobs'
import { type Account } from '../accounts/index.ts'
import { refusalIn, RefusedError } from './errors.ts'
import { cleanUpUploads, takeUploadJob } from './jobs.ts'
import { isPicture, MOST_OPEN, type Subject, type UploadKind } from './kinds.ts'
import { getTarget } from './targets.ts'
import { Upload, uploadChangeset, type UploadState } from './upload.ts'

/** How many of the first bytes are enough for `lookAtBeginning`. */
export const BEGINNING_BYTES = Math.max(HEAD_BYTES, PICTURE_HEAD_BYTES)

/**
 * Somebody is about to send a file. `repo` is theirs.
 *
 * @throws NotFoundError, NotAllowedError when what it is for is none of theirs.
 */
export async function beginUpload(
  repo: Repo,
  { person, via, ...roles }: Account,
  { subject, subjectId }: { readonly subject: Subject; readonly subjectId: number },
  params: Params,
): Promise<Saved<typeof Upload>> {
  const target = await getTarget(repo, subject, subjectId)
  target.mayUpdateOrThrow({ person, ...roles })
  const of = { podcastId: target.podcastId, personId: person.id, via: via ?? null }
  const about = { subject, subjectId, ...of }
  const changeset = uploadChangeset(build(Upload, about), params)
  const open = from(Upload).where({ personId: person.id, state: 'receiving' })
  if ((await repo.count(open)) >= MOST_OPEN) {
    const message = `is one too many: ${MOST_OPEN} uploads of yours are under way. Finish or cancel one.`
    return { ok: false, changeset: addError(changeset, 'name', message) }
  }
  return repo.unscoped().insert(changeset)
}

/** @throws NotFoundError when there is none, or it is somebody else's. */
export async function getOwnUpload(repo: Repo, { person }: Account, id: number): Promise<Upload> {
  return repo.getByOrThrow(Upload, { id, personId: person.id })
}

/** Whoever's it is. */
export async function findUpload(repo: Repo, id: number): Promise<Upload | undefined> {
  return repo.get(Upload, id)
}

/** The newest upload for what a panel shows, whoever sent it. */
export async function findNewestUpload(
  repo: Repo,
  about: { readonly subject: Subject; readonly subjectId: number; readonly kind: UploadKind },
): Promise<Upload | undefined> {
  return repo.one(from(Upload).where(about).orderBy({ id: 'desc' }).limit(1))
}

/**
 * Looks at its first bytes, while the others are still to come. What they cannot be is refused at once.
 *
 * @returns why, for who sends it.
 */
export async function lookAtBeginning(
  repo: Repo,
  upload: Upload,
  head: Uint8Array,
): Promise<string | undefined> {
  try {
    await refuseBeginning(upload.kind, head)
    return undefined
  } catch (error) {
    const message = refusalIn(error)
    if (message === undefined) throw error
    await endUpload(repo, upload, ['receiving'], { state: 'refused', message })
    return message
  }
}

async function refuseBeginning(kind: UploadKind, head: Uint8Array): Promise<void> {
  if (isPicture(kind)) {
    typeOf(head)
    return
  }
  const found = await recognise(head)
  const isText = found.kind === 'other' && TEXT.test(found.mediaType ?? 'text/')
  if (kind === 'transcript') {
    if (isText) return
    throw new RefusedError(
      `This is ${found.name}, and a transcript is text. Choose a VTT, SRT, JSON or Markdown file.`,
    )
  }
  const isWave = found.kind === 'audio' && found.type === 'wav'
  if (kind === 'markers' ? isWave || isText : found.kind === 'audio') return
  throw new RefusedError(
    kind === 'markers'
      ? `This is ${found.name}. Markers are read from a WAV, or from a list as text.`
      : `This is ${found.name}. Choose a sound file: MP3, M4A, WAV, Ogg, Opus or FLAC.`,
  )
}

/** What is of no known type may be text in another encoding. */
const TEXT = /^text\/|^application\/(?:json|xml|x-subrip)$/

/** More of it comes: it is not abandoned. */
export async function goOnWithUpload(repo: Repo, { id }: Upload, asOf: Date): Promise<void> {
  await repo.unscoped().updateAll(from(Upload).where({ id }), { updatedAt: asOf })
}

/** All of it is there: a job takes it from here. What is told twice is one upload. */
export async function receivedUpload(
  repo: Repo,
  { id, bytes }: Pick<Upload, 'id' | 'bytes'>,
): Promise<void> {
  const all = repo.unscoped()
  await all.transaction(async () => {
    const receiving = from(Upload).where({ id, state: 'receiving' })
    if ((await all.updateAll(receiving, { state: 'received', bytes, updatedAt: new Date() })) === 0)
      return
    await enqueue(all, takeUploadJob, { uploadId: id }, { key: `take_upload:${id}` })
  })
}

/** Who sent it thought better of it. What is taken already stays. */
export async function cancelUpload(repo: Repo, upload: Upload): Promise<void> {
  await endUpload(repo, upload, ['receiving', 'received'], { state: 'cancelled', message: null })
}

/** Ends an upload that is in one of these states, and has its bytes removed soon. */
export async function endUpload(
  repo: Repo,
  { id }: Upload,
  states: readonly UploadState[],
  said: { readonly state: 'refused' | 'cancelled'; readonly message: string | null },
): Promise<void> {
  const all = repo.unscoped()
  await all.transaction(async () => {
    const open = from(Upload).where({ id }).where('state', 'in', states)
    if ((await all.updateAll(open, { ...said, updatedAt: new Date() })) === 0) return
    await enqueue(all, cleanUpUploads, {}, { key: 'clean_up_uploads' })
  })
}
