import { type EpisodeWithTranscripts } from '@showrunner/domain/episodes'
import { addresses } from '../addresses.ts'
import { safeHtml, type SafeHtml } from '../safe-html.ts'

/** A transcript by itself, as podcast apps show it. */
export interface TranscriptPage {
  readonly title: string
  readonly language: string
  readonly canonical: string
  readonly transcriptHtml: SafeHtml
}

/** `transcriptHtml` is what @showrunner/feeds wrote, every word of it escaped. */
export function transcriptPage(
  publicUrl: string,
  { title, slug, podcast }: Pick<EpisodeWithTranscripts, 'title' | 'slug' | 'podcast'>,
  transcriptHtml: string,
): TranscriptPage {
  return {
    title,
    language: podcast.language,
    canonical: publicUrl + addresses.episode(podcast.slug, slug),
    transcriptHtml: safeHtml(transcriptHtml),
  }
}
