import { type EpisodePage } from '@showrunner/domain/episodes'
import { addresses } from '../addresses.ts'
import { type Words } from '../words/index.ts'
import { reading, type Reading } from './transcript.ts'

export interface TranscriptSection {
  /** Nothing where only the address of a transcript is known. */
  readonly reading: Reading | null
  readonly language: string | null
  readonly files: readonly TranscriptFile[]
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

/** The first transcript that can be read, and where to fetch it. */
export function transcriptSection(
  podcastSlug: string,
  { slug, transcripts }: Pick<Whole, 'slug' | 'transcripts'>,
  words: Words,
): TranscriptSection | null {
  const read = transcripts.find(({ cues }) => cues.length > 0)
  if (read) return ours(podcastSlug, slug, read, words)

  return transcripts.length === 0
    ? null
    : { reading: null, language: null, files: transcripts.flatMap((one) => theirs(one, words)) }
}

function ours(
  podcastSlug: string,
  slug: string,
  transcript: Transcript,
  { episode }: Words,
): TranscriptSection {
  const formats = transcript.timed
    ? ([
        ['VTT', 'vtt'],
        ['SRT', 'srt'],
        [episode.page, 'html'],
      ] as const)
    : ([[episode.page, 'html']] as const)

  return {
    reading: reading(transcript.cues),
    language: transcript.language,
    files: formats.map(([name, format]) => ({
      name,
      href: addresses.transcript(podcastSlug, slug, format),
    })),
  }
}

function theirs({ url, type }: Transcript, { episode }: Words): readonly TranscriptFile[] {
  return url
    ? [{ name: type === 'text/html' ? episode.page : (NAMES[type] ?? episode.text), href: url }]
    : []
}
