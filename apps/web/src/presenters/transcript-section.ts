import { type EpisodePage } from '@showrunner/domain/episodes'
import { addresses } from '../addresses.ts'
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
  'text/html': 'Page',
}

/** The first transcript that can be read, and where to fetch it. */
export function transcriptSection(
  podcastSlug: string,
  { slug, transcripts }: Pick<Whole, 'slug' | 'transcripts'>,
): TranscriptSection | null {
  const read = transcripts.find(({ cues }) => cues.length > 0)
  if (read) return ours(podcastSlug, slug, read)

  return transcripts.length === 0
    ? null
    : { reading: null, language: null, files: transcripts.flatMap(theirs) }
}

function ours(podcastSlug: string, slug: string, transcript: Transcript): TranscriptSection {
  const formats = transcript.timed
    ? ([
        ['VTT', 'vtt'],
        ['SRT', 'srt'],
        ['Page', 'html'],
      ] as const)
    : ([['Page', 'html']] as const)

  return {
    reading: reading(transcript.cues),
    language: transcript.language,
    files: formats.map(([name, format]) => ({
      name,
      href: addresses.transcript(podcastSlug, slug, format),
    })),
  }
}

function theirs({ url, type }: Transcript): readonly TranscriptFile[] {
  return url ? [{ name: NAMES[type] ?? 'Text', href: url }] : []
}
