import * as transcripts from '@showrunner/domain/transcripts'
import { addresses } from '../../addresses.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { languageWords } from './transcripts-page.ts'

const { admin } = addresses

/** What was read of a transcript that somebody pasted, before it is saved. */
export interface PastedPage extends AdminPage {
  readonly action: string
  readonly backHref: string
  readonly fields: readonly { readonly name: string; readonly value: string }[]
  readonly text: string
  readonly counts: string
  readonly replaces: string | null
  readonly remarks: readonly string[]
  readonly moreRemarks: string | null
  readonly speakers: readonly PastedSpeaker[]
  readonly unmatched: string | null
  readonly cues: readonly PastedCue[]
  readonly moreCues: string | null
}

interface PastedSpeaker {
  readonly name: string
  readonly count: number
  readonly person: string | null
}

interface PastedCue {
  readonly time: string | null
  readonly speaker: string | null
  readonly body: string
}

const SHOWN_CUES = 20
const SHOWN_REMARKS = 50

const FORMATS: Readonly<Record<transcripts.ReadPasted['format'], string>> = {
  vtt: 'WebVTT',
  srt: 'SubRip',
  json: 'JSON',
  html: 'HTML',
  markdown: 'Markdown',
  plain: 'plain text',
}

export function pastedPage(
  frame: AdminFrame,
  { id, podcastId }: transcripts.EpisodeToTranscribe,
  { read, pasted }: Extract<transcripts.LookedAt, { readonly ok: true }>,
  { speakers, replaces }: transcripts.PastedPreview,
): PastedPage {
  const { cues, remarks, format } = read
  const timed = cues.filter(({ startsMs }) => startsMs !== null).length
  const unmatched = speakers.filter(({ person }) => !person).length
  return {
    frame,
    action: admin.episodeTranscripts(podcastId, id),
    backHref: admin.episodeTranscripts(podcastId, id),
    fields: [
      { name: 'language', value: pasted.language ?? '' },
      { name: 'name', value: pasted.name ?? '' },
    ],
    text: pasted.text,
    counts: `Read as ${FORMATS[format]}: ${plural(cues.length, 'cue')}, ${timed === cues.length ? 'all' : timed === 0 ? 'none' : timed} with a time, ${plural(speakers.length, 'speaker')}. ${languageWords(pasted.language)}.`,
    replaces: replaces
      ? `It takes the place of the transcript there is (${replaces.cueCount} cues), which is kept as a version.`
      : null,
    remarks: remarks
      .slice(0, SHOWN_REMARKS)
      .map(({ line, message }) => (line > 0 ? `Line ${line}: ${message}` : message)),
    moreRemarks:
      remarks.length > SHOWN_REMARKS ? `… and ${remarks.length - SHOWN_REMARKS} more` : null,
    speakers: speakers.map(({ name, count, person }) => {
      return { name, count, person: person?.name ?? null }
    }),
    unmatched:
      unmatched > 0
        ? `${unmatched} of them ${unmatched === 1 ? 'is' : 'are'} nobody we know. You can say who they are once it is saved.`
        : null,
    cues: cues.slice(0, SHOWN_CUES).map(({ startsMs, speaker, body }) => {
      return { time: startsMs === null ? null : transcripts.formatTime(startsMs), speaker, body }
    }),
    moreCues: cues.length > SHOWN_CUES ? `… and ${cues.length - SHOWN_CUES} more cues` : null,
  }
}

function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}
