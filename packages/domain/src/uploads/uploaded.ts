import { from, type Repo } from '@showrunner/data'
import { Chapter, Episode } from '../episodes/index.ts'
import { type Actor } from '../policies/index.ts'
import { isPicture, type Subject, type UploadKind } from './kinds.ts'
import { findNewestUpload } from './receive.ts'
import { getTarget } from './targets.ts'
import { type Upload } from './upload.ts'

/** What of one kind something has, and what is on its way there. */
export interface Uploaded {
  readonly kind: UploadKind
  readonly subject: Subject
  readonly subjectId: number
  readonly address: string | null
  /** Of a recording. */
  readonly sound: Sound | null
  /** How many chapters the episode has, where they come from what is uploaded. */
  readonly chapters: number | null
  /** Whether title, cover and chapters are written into it. */
  readonly tagAudio: boolean | null
  readonly newest: Upload | undefined
}

export interface Sound {
  readonly type: string | null
  readonly bytes: number | null
  readonly seconds: number | null
  readonly bitrate: number | null
}

/** @throws NotFoundError, NotAllowedError */
export async function getUploaded(
  repo: Repo,
  actor: Actor,
  about: Pick<Uploaded, 'kind' | 'subject' | 'subjectId'>,
): Promise<Uploaded> {
  const { kind, subject, subjectId } = about
  const target = await getTarget(repo, subject, subjectId)
  target.mayUpdateOrThrow(actor)
  const nothing = { address: null, sound: null, chapters: null, tagAudio: null }
  const newest = await findNewestUpload(repo, { kind, subject, subjectId })
  const known = { kind, subject, subjectId, ...nothing, newest }
  if (isPicture(kind)) return { ...known, address: target.picture }
  if (subject !== 'episode') return known

  const episode = await repo.getOrThrow(Episode, subjectId)
  const chapters = await repo.count(from(Chapter).where({ episodeId: subjectId }))
  if (kind === 'audio') return { ...known, ...ofAudio(episode), chapters }
  if (kind === 'members-audio') return { ...known, ...ofMembersAudio(episode) }
  return kind === 'markers' ? { ...known, chapters } : known
}

function ofAudio(episode: Episode): Pick<Uploaded, 'address' | 'sound' | 'tagAudio'> {
  const { audioUrl, audioType, audioBytes, audioDuration, audioBitrate, tagAudio } = episode
  const sound = {
    type: audioType,
    bytes: audioBytes,
    seconds: audioDuration,
    bitrate: audioBitrate,
  }
  return { address: audioUrl, sound: audioUrl === null ? null : sound, tagAudio }
}

function ofMembersAudio(episode: Episode): Pick<Uploaded, 'address' | 'sound'> {
  const { membersAudioUrl, membersAudioType, membersAudioBytes, membersAudioDuration } = episode
  const sound = {
    type: membersAudioType,
    bytes: membersAudioBytes,
    seconds: membersAudioDuration,
    bitrate: null,
  }
  return { address: membersAudioUrl, sound: membersAudioUrl === null ? null : sound }
}
