import { change, type Repo } from '@showrunner/data'
import { performWaiting } from '@showrunner/jobs/testing'
import { temporaryStorage } from '@showrunner/storage/testing'
import { accountOf } from '../../accounts/index.ts'
import { repoFor } from '../../policies/index.ts'
import { aPerson, temporaryStaging } from '../../testing/index.ts'
import {
  beginUpload,
  cleanUpUploads,
  receivedUpload,
  retagAudio,
  type Subject,
  takeUploadJob,
  Upload,
  type UploadKind,
} from '../index.ts'

export const NOW = new Date('2026-11-20T12:00:00Z')

const JOBS = [takeUploadJob, retagAudio, cleanUpUploads]

interface Sent {
  readonly kind: UploadKind
  readonly subject?: Subject
  readonly subjectId: number
  readonly bytes: Uint8Array
  readonly name?: string
}

/** A place where files are sent to: as an administrator, unless it is said who. */
export async function uploading(repo: Repo) {
  const parts = {
    repo,
    clock: () => NOW,
    storage: temporaryStorage(),
    staging: temporaryStaging(),
  }
  const person = await aPerson(repo, 'Uma Loader')
  const all = await accountOf(repo, await repo.updateOrThrow(change(person, { admin: true })))

  const begin = async (
    { kind, subject = 'episode', subjectId, bytes, name = kind }: Sent,
    who = all,
  ) => {
    const begun = await beginUpload(
      repoFor(who, repo),
      who,
      { subject, subjectId },
      { kind, name, bytes: bytes.length },
    )
    if (!begun.ok) throw new Error(JSON.stringify(begun.changeset.errors))
    await parts.staging.put(begun.value.id, bytes)
    return begun.value
  }

  return {
    parts,
    account: all,
    begin,
    /** Does what waits, and says what was done. */
    perform: () => performWaiting(repo, JOBS, parts),
    /** All the way; gives the upload as it ended. */
    send: async (sent: Sent, who = all) => {
      const begun = await begin(sent, who)
      await receivedUpload(repo, begun)
      await takeUploadJob.run(parts, { uploadId: begun.id })
      return repo.getOrThrow(Upload, begun.id)
    },
  }
}
