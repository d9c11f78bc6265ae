export const TRANSCRIPT_FORMATS = ['vtt', 'srt', 'json', 'html', 'markdown', 'plain'] as const
export type TranscriptFormat = (typeof TRANSCRIPT_FORMATS)[number]

/** Who speaks, as Markdown has it: `**Ada:** Good evening.` */
export const SPEAKER_IN_BOLD = /^\*\*[^*\n]{1,100}(?::\*\*|\*\*:)/m

/**
 * The form a transcript is written in, told by what is in it. `type` is its media type, as somebody names it: it counts
 * where the text itself says nothing.
 */
export function transcriptFormat(text: string, type: string | null = null): TranscriptFormat {
  if (/^\s*WEBVTT/.test(text)) return 'vtt'
  if (/^\s*[{[]\s*["{]/.test(text)) return 'json'
  if (/^\s*</.test(text)) return 'html'
  if (/^(?:\d+\s*\n)?\s*[\d:]+[.,]?\d*\s*-->/m.test(text.slice(0, 10_000))) return 'srt'
  if (SPEAKER_IN_BOLD.test(text)) return 'markdown'
  return type === 'text/html' ? 'html' : 'plain'
}
