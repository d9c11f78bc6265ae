import { type EpisodeWithChapters, type EpisodeWithTranscripts } from '@showrunner/domain/episodes'
import { type Chapter, type Cue } from '@showrunner/feeds'
import { absolute } from '../addresses.ts'

/** The chapters of an episode, for a chapters file: read elsewhere, so its addresses are written in full. */
export function fileChapters(
  { chapters }: Pick<EpisodeWithChapters, 'chapters'>,
  publicUrl: string,
): readonly Chapter[] {
  return chapters.map(({ startsMs, endsMs, title, linkUrl, imageUrl, hidden }) => ({
    startsMs,
    endsMs,
    title,
    link: linkUrl,
    imageUrl: imageUrl && absolute(publicUrl, imageUrl),
    hidden,
  }))
}

/** What is said in an episode, for a caption file; nothing where nobody wrote it down. */
export function fileCues({
  transcripts,
}: Pick<EpisodeWithTranscripts, 'transcripts'>): readonly Cue[] {
  const known = transcripts.find(({ cues }) => cues.length > 0)

  return (known?.cues ?? []).map(({ startsMs, endsMs, speaker, body }) => ({
    startsMs,
    endsMs,
    speaker,
    text: body,
  }))
}
