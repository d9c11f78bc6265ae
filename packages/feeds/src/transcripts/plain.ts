import { type Cue } from '../feed.ts'
import { collapse, parseMilliseconds } from '../values.ts'
import { splitSpeaker } from './speaker.ts'

const CLOCK = String.raw`[[(]?((?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?)[\])]?`
const LEADING_TIME = new RegExp(String.raw`^${CLOCK}(?:\s+|$)`)
// "Ann Host  0:12" or "0:12 Ann Host" on a line of its own, what is said below it.
const HEADING = new RegExp(String.raw`^(\S.{0,60}?)\s+${CLOCK}:?$`)

/** Reads a plain transcript: a paragraph or line for each time someone speaks, with `Name:` and a time where known. */
export function readPlain(text: string): Cue[] {
  const byParagraph = /\n[ \t]*\r?\n/.test(text.trim())
  const parts = text.split(byParagraph ? /\r?\n[ \t]*\r?\n/ : /\r?\n/)
  let current: string | null = null
  return parts.flatMap((part): Cue[] => {
    const { startsMs, speaker, text } = readPart(part.trim())
    current = speaker ?? current
    return text === '' ? [] : [{ startsMs, endsMs: null, speaker: current, text }]
  })
}

function readPart(part: string): Omit<Cue, 'endsMs'> {
  const [first = '', ...below] = part.split(/\r?\n/)
  const heading = below.length > 0 && first.length < 100 ? HEADING.exec(first.trim()) : null
  if (heading) {
    return {
      startsMs: parseMilliseconds(heading[2]),
      speaker: heading[1] ?? null,
      text: collapse(below.join(' ')),
    }
  }
  const whole = collapse(part)
  const time = LEADING_TIME.exec(whole)
  const spoken = splitSpeaker(whole.slice(time?.[0].length ?? 0))
  return { startsMs: parseMilliseconds(time?.[1]), ...spoken }
}
