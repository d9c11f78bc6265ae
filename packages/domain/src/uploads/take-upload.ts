import { from, type Repo } from '@showrunner/data'
import { type Account, accountOf } from '../accounts/index.ts'
import { Person } from '../people/index.ts'
import { repoFor } from '../policies/index.ts'
import { RefusedError, refusalIn } from './errors.ts'
import { type UploadKind } from './kinds.ts'
import { type UploadParts } from './parts.ts'
import { takeAudio, takeMembersAudio } from './take-audio.ts'
import { takeMarkers } from './take-markers.ts'
import { takePicture } from './take-picture.ts'
import { takeTranscript } from './take-transcript.ts'
import { type Taken, type Taking } from './taking.ts'
import { getTarget } from './targets.ts'
import { Upload } from './upload.ts'

const TAKE: Readonly<Record<UploadKind, (taking: Taking) => Promise<Taken>>> = {
  audio: takeAudio,
  'members-audio': takeMembersAudio,
  cover: takePicture,
  picture: takePicture,
  avatar: takePicture,
  logo: takePicture,
  transcript: takeTranscript,
  markers: takeMarkers,
}

/**
 * Puts an upload that is there into its place, or says why not. Stopped anywhere and begun again it comes to the same: until
 * the one transaction at its end nothing has changed, and what was stored for nothing is found by the clean-up.
 */
export async function takeUpload(parts: UploadParts, id: number): Promise<void> {
  const repo = parts.repo.unscoped()
  const upload = await repo.get(Upload, id)
  if (upload?.state === 'received') await takeOrRefuse({ ...parts, repo }, upload)
  await parts.staging.remove(id)
  await repo.updateAll(from(Upload).where({ id }), { staged: false })
}

async function takeOrRefuse(parts: UploadParts, upload: Upload): Promise<void> {
  try {
    const sender = await senderOf(parts.repo, upload)
    const taken = await parts.staging.withFolder((folder) => look(parts, sender, upload, folder))
    await finish(parts, upload, taken)
  } catch (error) {
    const message = refusalIn(error)
    if (message === undefined) throw error
    await parts.repo.updateAll(from(Upload).where({ id: upload.id, state: 'received' }), {
      state: 'refused',
      message,
      updatedAt: parts.clock(),
    })
  }
}

/** What they may is asked again: it may have changed since they began. */
async function senderOf(
  all: Repo,
  { personId, via, subject, subjectId }: Upload,
): Promise<Account> {
  const person = personId === null ? undefined : await all.get(Person, personId)
  if (!person) throw new RefusedError('Who sent it is not here any more.')
  const account = await accountOf(all, person)
  const target = await getTarget(repoFor(account, all), subject, subjectId).catch(() => undefined)
  if (!target) throw new RefusedError('What it was for is not there any more.')
  target.mayUpdateOrThrow(account)
  return via === null ? account : { ...account, via }
}

async function look(
  parts: UploadParts,
  sender: Account,
  upload: Upload,
  folder: string,
): Promise<Taken> {
  const path = await parts.staging.fetch(upload.id, folder)
  if (path === undefined) throw new RefusedError('Its bytes are gone. Upload it again.')
  const repo = repoFor(sender, parts.repo)
  return TAKE[upload.kind]({ parts, repo, sender, upload, path, folder })
}

async function finish({ repo, clock }: UploadParts, { id }: Upload, taken: Taken): Promise<void> {
  const { resultKey, message, write } = taken
  await repo.transaction(async () => {
    const received = from(Upload).where({ id, state: 'received' })
    const values = { state: 'taken', resultKey, message, updatedAt: clock() } as const
    // Cancelled meanwhile, it is not taken.
    if ((await repo.updateAll(received, values)) === 1) await write()
  })
}
