import { plainChapter } from '../chapter.ts'
import { type Line, quoted, type ReadLine, wrong } from './marker.ts'
import { parseTime } from './parse-time.ts'

const LABEL = /^(\d+(?:[.,]\d+)?)\t(?:(\d+(?:[.,]\d+)?)(?:\t(.*))?$|(.*)$)/s

/** Whether a list that begins like this is Audacity's. */
export function isLabelLine({ text }: Line): boolean {
  return LABEL.test(text)
}

/** Reads a line of Audacity's labels: where it starts and ends in seconds, and its name, with tabs between. */
export function readLabelLine(line: Line): ReadLine {
  // The band of frequencies of the label before: no chapter has one.
  if (line.text.startsWith('\\')) return null
  const [, start, end, name, onlyName] = LABEL.exec(line.text) ?? []
  const startsMs = start === undefined ? null : parseTime(start)
  if (startsMs === null)
    return wrong(
      line,
      `${quoted(line.text)} is no label: it should be seconds, a tab, seconds, a tab, a name.`,
    )
  const title = (name ?? onlyName ?? '').trim()
  if (!title)
    return wrong(
      line,
      `The label at ${start} seconds has no name. Name it in Audacity, or delete it.`,
    )
  const endsMs = end === undefined ? null : parseTime(end)
  if (endsMs !== null && endsMs < startsMs)
    return wrong(line, `${quoted(title)} ends before it starts.`)
  return plainChapter(startsMs, endsMs, title)
}
