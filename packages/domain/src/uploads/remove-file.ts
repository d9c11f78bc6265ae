import { change, type Repo } from '@showrunner/data'
import { Episode } from '../episodes/index.ts'
import { type Actor } from '../policies/index.ts'
import { isPicture, type Subject, type UploadKind } from './kinds.ts'
import { getTarget } from './targets.ts'

/**
 * Takes a recording or a picture away from what has it. The file itself goes with the clean-up.
 *
 * @throws NotFoundError, NotAllowedError
 */
export async function removeFile(
  repo: Repo,
  actor: Actor,
  { kind, subject, subjectId }: { kind: UploadKind; subject: Subject; subjectId: number },
): Promise<void> {
  const target = await getTarget(repo, subject, subjectId)
  target.mayUpdateOrThrow(actor)
  if (isPicture(kind)) return target.setPicture(null)
  const values =
    kind === 'audio' ? NO_AUDIO : kind === 'members-audio' ? NO_MEMBERS_AUDIO : undefined
  if (values) await repo.updateOrThrow(change(await repo.getOrThrow(Episode, subjectId), values))
}

const NO_AUDIO = {
  audioUrl: null,
  audioType: null,
  audioBytes: null,
  audioDuration: null,
  audioBitrate: null,
  audioOriginalKey: null,
  audioTagsDigest: null,
}

const NO_MEMBERS_AUDIO = {
  membersAudioUrl: null,
  membersAudioType: null,
  membersAudioBytes: null,
  membersAudioDuration: null,
}
