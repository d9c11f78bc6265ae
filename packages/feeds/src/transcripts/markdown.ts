import { type Cue } from '../feed.ts'
import { collapse, parseMilliseconds } from '../values.ts'

const SPEAKER = /^\*\*([^*\n]{1,100}?)(?::\*\*|\*\*:)\s*/
// Written `\[01:02\]`; a few have a second backslash.
const TIME = String.raw`\\?\[\\*((?:\d{1,2}:)?\d{1,2}:\d{2}(?:\.\d{1,3})?)\\?\]`
const TIMES = new RegExp(String.raw`^${TIME}(?:\s*(?:to|-|–)\s*${TIME})?\s*`)

/**
 * Reads a transcript in Markdown: `**Name:** what is said`, the same speaker going on in the paragraphs that follow, and
 * a time at the head of some. A name with nothing but a time after it (`**Break:** \[12:34\]`) is a sound, not speech.
 */
export function readMarkdown(text: string): Cue[] {
  let speaker: string | null = null
  return text.split(/\r?\n[ \t]*\r?\n/).flatMap((paragraph): Cue[] => {
    const named = SPEAKER.exec(paragraph.trimStart())
    const name = named?.[1]?.trim() ?? null
    const { startsMs, endsMs, rest } = readTimes(
      paragraph.trimStart().slice(named?.[0].length ?? 0),
    )
    const said = plainText(rest)
    if (name !== null && said === '' && (startsMs !== null || name === 'Break')) {
      speaker = null
      return [{ startsMs, endsMs, speaker, text: `[${name.toLowerCase()}]` }]
    }
    speaker = name ?? speaker
    return said === '' ? [] : [{ startsMs, endsMs, speaker, text: said }]
  })
}

function readTimes(text: string): Pick<Cue, 'startsMs' | 'endsMs'> & { rest: string } {
  const times = TIMES.exec(text)
  return {
    startsMs: parseMilliseconds(times?.[1]),
    endsMs: parseMilliseconds(times?.[2]),
    rest: text.slice(times?.[0].length ?? 0),
  }
}

// Escaped characters wait here while markup is taken out, so that `\*` is never taken for emphasis.
const SHELTER = 0xe000

/** The words of a Markdown paragraph, without its markup. */
function plainText(markdown: string): string {
  const words = markdown
    .replace(/\\([!-/:-@[-`{-~])/g, (_, escaped: string) =>
      String.fromCharCode(SHELTER + escaped.charCodeAt(0)),
    )
    .replace(/^[ \t]*(?:>[ \t]?|[-*+][ \t]+|#{1,6}[ \t]+)+/gm, '')
    .replace(
      /!?\[([^[\]]{0,500})\]\([^()\n]{0,2000}(?:\([^()\n]{0,200}\)[^()\n]{0,2000})?\)/g,
      '$1',
    )
    .replace(/<(https?:[^\s<>]{1,2000})>/g, '$1')
    .replace(/(\*{1,3})(?=\S)([^*]{1,1000})(?<=\S)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}_])(_{1,3})(?=\S)([^_]{1,1000})(?<=\S)\1(?![\p{L}\p{N}_])/gu, '$2')
    .replace(/`([^`]{1,1000})`/g, '$1')
  return collapse(
    words.replace(/[\ue021-\ue07e]/g, (kept) => String.fromCharCode(kept.charCodeAt(0) - SHELTER)),
  )
}
