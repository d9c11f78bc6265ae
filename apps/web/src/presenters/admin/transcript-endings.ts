import { type TranscriptType } from '@showrunner/feeds'

export const ENDINGS = ['vtt', 'srt', 'json', 'html', 'md', 'txt'] as const
export type Ending = (typeof ENDINGS)[number]

const TYPES: Readonly<Record<Ending, TranscriptType>> = {
  vtt: 'text/vtt',
  srt: 'application/x-subrip',
  json: 'application/json',
  html: 'text/html',
  md: 'text/markdown',
  txt: 'text/plain',
}

const NAMES: Readonly<Record<Ending, string>> = {
  vtt: 'WebVTT',
  srt: 'SubRip',
  json: 'JSON',
  html: 'HTML',
  md: 'Markdown',
  txt: 'Plain text',
}

export function typeOf(ending: Ending): TranscriptType {
  return TYPES[ending]
}

/** What a transcript can be had as: captions only where it has times. */
export function endingsFor(
  timed: boolean,
): readonly { readonly ending: Ending; readonly name: string }[] {
  const isCaptions = (ending: Ending) => ending === 'vtt' || ending === 'srt' || ending === 'json'
  return ENDINGS.filter((ending) => timed || !isCaptions(ending)).map((ending) => {
    return { ending, name: NAMES[ending] }
  })
}
