import { type EpisodePage } from '@showrunner/domain/episodes'
import { addresses } from '../addresses.ts'
import { type Words } from '../words/index.ts'
import { openingOf, reading, type Reading } from './transcript.ts'

export interface TranscriptSection {
  /** Nothing where only the address of a transcript is known. */
  readonly reading: Reading | null
  readonly language: string | null
  readonly files: readonly TranscriptFile[]
  /** The page of the episode, by which its sound is known. */
  readonly episode: string
  /** Where all of it is to be read. */
  readonly whole: string
}

export interface TranscriptFile {
  readonly name: string
  readonly href: string
}

type Whole = EpisodePage['episode']
type Transcript = Whole['transcripts'][number]

const NAMES: Readonly<Record<string, string>> = {
  'text/vtt': 'VTT',
  'application/srt': 'SRT',
  'application/x-subrip': 'SRT',
  'application/json': 'JSON',
}

/** The first transcript that can be read, and where to fetch it: how it begins, or all of it. */
export function transcriptSection(
  podcastSlug: string,
  { slug, transcripts }: Pick<Whole, 'slug' | 'transcripts'>,
  words: Words,
  { isWhole = false } = {},
): TranscriptSection | null {
  const read = transcripts.find(({ cues }) => cues.length > 0)
  if (!read && transcripts.length === 0) return null
  const shown = isWhole ? reading : openingOf
  const whole = addresses.transcriptPage(podcastSlug, slug)

  return {
    reading: read ? shown(read.cues) : null,
    language: read?.language ?? null,
    files: read
      ? [
          ...ours(podcastSlug, slug, read),
          ...(isWhole ? [] : [{ name: words.episode.page, href: whole }]),
        ]
      : transcripts.flatMap((one) => theirs(one, words)),
    episode: addresses.episode(podcastSlug, slug),
    whole,
  }
}

/** As captions, where it is known when they are said. */
function ours(podcastSlug: string, slug: string, { timed }: Transcript): readonly TranscriptFile[] {
  if (!timed) return []
  return (['vtt', 'srt'] as const).map((format) => ({
    name: format.toUpperCase(),
    href: addresses.transcript(podcastSlug, slug, format),
  }))
}

function theirs({ url, type }: Transcript, { episode }: Words): readonly TranscriptFile[] {
  return url
    ? [{ name: type === 'text/html' ? episode.page : (NAMES[type] ?? episode.text), href: url }]
    : []
}
