import { isOut } from '@showrunner/domain/episodes'
import { checkEpisode, type EpisodeToCheck } from '@showrunner/domain/publishing'
import { type Upload as UploadRow } from '@showrunner/domain/uploads'
import { type z } from 'zod'
import { addresses } from '../../addresses.ts'
import { type Outside } from '../outside.ts'
import { NAMES } from '../refused-changeset.ts'
import { type CheckedItem, type DeskEpisode, type Upload } from '../schemas/desk.ts'
import { soundFile } from './episode.ts'
import { podcastPart } from './parts.ts'

export function deskEpisode(
  outside: Outside,
  episode: EpisodeToCheck,
  asOf: Date,
): z.output<typeof DeskEpisode> {
  const { id, slug, guid, title, subtitle, summary, notes, type, season, number } = episode
  const { podcast, podcastId, published, publishedAt, recordedAt } = episode
  return {
    id,
    slug,
    guid,
    title,
    subtitle,
    summary,
    notes,
    type,
    season,
    number,
    version: episode.lockVersion,
    stage: isOut(episode, asOf) ? 'published' : published ? 'scheduled' : 'draft',
    podcast: podcastPart(outside, podcast),
    publishedAt: publishedAt?.toISOString() ?? null,
    recordedAt: recordedAt?.toISOString() ?? null,
    audio: soundFile(outside, episode),
    membersAudio: soundFile(outside, {
      audioUrl: episode.membersAudioUrl,
      audioType: episode.membersAudioType,
      audioBytes: episode.membersAudioBytes,
      audioDuration: episode.membersAudioDuration,
    }),
    chapterCount: episode.chapters.length,
    checklist: checkEpisode(episode, asOf).map(checkedItem),
    url: outside.at(addresses.episode(podcast.slug, slug)),
    apiUrl: outside.api(deskPath(id)),
    editUrl: outside.at(addresses.admin.editEpisode(podcastId, id)),
  }
}

function checkedItem({
  level,
  code,
  message,
  field,
}: ReturnType<typeof checkEpisode>[number]): z.output<typeof CheckedItem> {
  return { level, code, message, field: NAMES[field] ?? field }
}

export function deskPath(id: number): string {
  return `/desk/episodes/${id}`
}

export function uploadAnswer(outside: Outside, upload: UploadRow): z.output<typeof Upload> {
  const { id, state, message, kind, name, bytes, subjectId } = upload
  return {
    id,
    state,
    message,
    kind,
    name,
    bytes,
    episodeUrl: outside.api(deskPath(subjectId)),
    apiUrl: outside.api(uploadPath(id)),
  }
}

export function uploadPath(id: number): string {
  return `/desk/uploads/${id}`
}
