import { plainChapter } from '../chapter.ts'
import { type Line, quoted, type ReadLine, wrong } from './marker.ts'
import { parseClock } from './parse-time.ts'

const BULLET = String.raw`(?:[-*•·]\s+|\d{1,3}[.)]\s+)?`
// Every repetition has an end, or a long line would be tried in more ways than there is time.
const TIME = String.raw`[[(]?\s{0,3}(\d{1,4}:[\d:.,]{0,16}\d)\s{0,3}[\])]?`
const BETWEEN = String.raw`\s{0,3}(?:-->|->|[-–—]|\bto\b)\s{0,3}`
const LINE = new RegExp(
  String.raw`^\s*${BULLET}${TIME}(?:${BETWEEN}${TIME})?\s*(?:[-–—:|]\s+)?(.*)$`,
  's',
)
const LINK = /<(https?:\/\/[^\s<>]+)>$/

/** Reads a line that begins with its time: `00:01:23 Title`, `(1:23) Title`, `- 1:23 – Title <https://…>`. */
export function readTimeLine(line: Line): ReadLine {
  const [, start, end, rest = ''] = LINE.exec(line.text) ?? []
  if (start === undefined)
    return wrong(
      line,
      `${quoted(line.text)} does not begin with a time. Write it like 00:01:23 Title.`,
    )
  const startsMs = parseClock(start)
  if (startsMs === null) return wrong(line, notATime(start))
  const endsMs = end === undefined ? null : parseClock(end)
  if (end !== undefined && endsMs === null) return wrong(line, notATime(end))
  if (endsMs !== null && endsMs < startsMs)
    return wrong(line, `It ends (${end}) before it starts (${start}).`)

  const named = rest.trim()
  const [inBrackets = '', link = null] = LINK.exec(named) ?? []
  const title = named.slice(0, named.length - inBrackets.length).trim()
  if (!title) return wrong(line, `There is no title after ${end ?? start}.`)
  return plainChapter(startsMs, endsMs, title, link)
}

function notATime(text: string): string {
  return `“${text}” is no time. Write hours, minutes and seconds like 1:02:03 or 1:02:03.500.`
}
