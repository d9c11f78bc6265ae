import { type CheckedItem, type EpisodeToCheck } from '@showrunner/domain/publishing'
import { addresses } from '../../addresses.ts'
import { idOf } from '../../admin/form.ts'

const { admin } = addresses

/** What is to be known before an episode is published. */
export interface Checklist {
  readonly groups: readonly CheckGroup[]
  /** Whether nothing stands in the way. */
  readonly isReady: boolean
}

interface CheckGroup {
  readonly level: CheckedItem['level']
  readonly title: string
  readonly lines: readonly CheckLine[]
}

interface CheckLine {
  readonly message: string
  readonly mend: Mend | null
}

interface Mend {
  readonly href: string
  readonly words: string
}

const TITLES = [
  ['blocker', 'To be mended first'],
  ['warning', 'Worth a look'],
  ['done', 'Done'],
] as const

export function checklist(items: readonly CheckedItem[], episode: EpisodeToCheck): Checklist {
  const groups = TITLES.map(([level, title]) => ({
    level,
    title,
    lines: items
      .filter((item) => item.level === level)
      .map(({ message, field }) => ({
        message,
        mend: level === 'done' ? null : mendAt(episode, field),
      })),
  }))
  return {
    groups: groups.filter(({ lines }) => lines.length > 0),
    isReady: !items.some(({ level }) => level === 'blocker'),
  }
}

const UPLOADED = new Set(['audioUrl', 'membersAudioUrl', 'coverUrl'])

/** Where a field of an episode is mended. */
export function mendAt(
  { id, podcastId }: Pick<EpisodeToCheck, 'id' | 'podcastId'>,
  field: string,
): Mend {
  if (field === 'podcastId') {
    return { href: admin.editPodcast(podcastId), words: 'To the podcast' }
  }
  if (UPLOADED.has(field)) {
    return { href: admin.episodeAudio(podcastId, id), words: 'To audio and cover' }
  }
  if (field === 'transcripts') {
    return { href: admin.episodeTranscripts(podcastId, id), words: 'To the transcripts' }
  }
  if (field === 'slug') return { href: `#${idOf('slug')}`, words: 'To its address' }
  if (field === 'publishedAt') return { href: `#${idOf('at')}`, words: 'To the time' }
  return { href: `${admin.editEpisode(podcastId, id)}#${idOf(field)}`, words: 'Mend' }
}
