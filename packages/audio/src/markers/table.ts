import { plainChapter } from '../chapter.ts'
import { type Line, quoted, type ReadLine, wrong } from './marker.ts'
import { parseTime } from './parse-time.ts'

const COLUMNS = {
  title: ['name', 'title', 'marker', 'label', 'chapter'],
  start: ['start', 'starttime', 'position', 'time', 'in'],
  end: ['end', 'endtime', 'out'],
  duration: ['duration', 'length'],
  format: ['timeformat'],
  link: ['link', 'url', 'href'],
} as const

type Column = keyof typeof COLUMNS

/** A reader for the rows under this head, or null where it is no head of a table (Audition's, or one like it). */
export function tableReader(head: Line): ((line: Line) => ReadLine) | null {
  const separator = ['\t', ';', ','].find((sign) => head.text.includes(sign))
  if (separator === undefined) return null
  const names = cells(head.text, separator).map((name) => name.toLowerCase().replace(/[\s_-]/g, ''))
  const place = (column: Column) =>
    names.findIndex((name) => COLUMNS[column].some((each) => each === name))
  if (place('title') === -1 || place('start') === -1) return null
  return (line) => {
    const row = cells(line.text, separator)
    return readRow(line, (column) => row[place(column)] ?? '')
  }
}

function readRow(line: Line, cell: (column: Column) => string): ReadLine {
  const title = cell('title')
  if (!title) return wrong(line, `The marker at ${cell('start') || 'no time'} has no name.`)
  const format = cell('format').toLowerCase()
  if (format && format !== 'decimal')
    return wrong(
      line,
      `The times are in “${cell('format')}”. Set Audition’s time format to Decimal, then export again.`,
    )

  const startsMs = parseTime(cell('start'))
  if (startsMs === null) return wrong(line, notATime(title, 'starts', cell('start')))
  const [end, duration] = [parseTime(cell('end')), parseTime(cell('duration'))]
  if (cell('end') && end === null) return wrong(line, notATime(title, 'ends', cell('end')))
  if (cell('duration') && duration === null)
    return wrong(line, notATime(title, 'has the duration', cell('duration')))
  const endsMs = end ?? (duration === null ? null : startsMs + duration)
  if (endsMs !== null && endsMs < startsMs)
    return wrong(line, `${quoted(title)} ends before it starts.`)
  return plainChapter(
    startsMs,
    endsMs,
    title,
    /^https?:\/\//.test(cell('link')) ? cell('link') : null,
  )
}

function notATime(title: string, verb: string, value: string): string {
  return `${quoted(title)} ${verb} “${value}”, which is no time like 1:02:03.500 or 62.5.`
}

/** The cells of a row; one in quotation marks may hold the separator, and a doubled mark is one. */
function cells(text: string, separator: string): string[] {
  const found: string[] = []
  let cell = ''
  let inQuotes = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at)
    const doubled = inQuotes && sign === '"' && text[at + 1] === '"'
    if (doubled) at += 1
    if (sign === '"' && !doubled && (inQuotes || cell.trim() === '')) inQuotes = !inQuotes
    else if (sign === separator && !inQuotes) {
      found.push(cell.trim())
      cell = ''
    } else cell += sign
  }
  return [...found, cell.trim()]
}
