import { type Chapter, inOrder } from '../chapter.ts'
import { isLabelLine, readLabelLine } from './audacity.ts'
import { type Line, type MarkerError, type ReadLine, wrong } from './marker.ts'
import { readTimeLine } from './time-lines.ts'
import { tableReader } from './table.ts'

/** A marker list as chapters, or every line of it that is wrong. */
export type ReadMarkers =
  | { readonly ok: true; readonly chapters: readonly Chapter[] }
  | { readonly ok: false; readonly errors: readonly MarkerError[] }

const MOST_LETTERS = 1_000_000
const MOST_IN_A_LINE = 2000
const MOST_CHAPTERS = 1000
const MOST_ERRORS = 20

/**
 * Reads a list of markers, in the order they play: what Audition exports (a table with a head: name, start, duration),
 * Audacity's labels (seconds, tab, seconds, tab, name), or lines like `00:01:23 Title`. Which of these it is, its first
 * line tells.
 */
export function readMarkers(text: string): ReadMarkers {
  if (text.length > MOST_LETTERS) return refused(1, 'This is far too long for a list of markers.')
  const lines = linesOf(text)
  const [first] = lines
  if (!first)
    return refused(1, 'There is nothing in it. Write a line for each chapter: 00:01:23 Title')
  if (lines.length > MOST_CHAPTERS + 1)
    return refused(
      lines[MOST_CHAPTERS]?.number ?? 1,
      `At most ${MOST_CHAPTERS} chapters are taken.`,
    )

  const read = readAll(lines, first)
  const errors = read.filter((each) => each !== null).filter((each) => 'message' in each)
  if (errors.length > 0) return { ok: false, errors: errors.slice(0, MOST_ERRORS) }
  const chapters = read.filter((each) => each !== null && 'startsMs' in each)
  if (chapters.length === 0) return refused(first.number, 'There are no markers in it.')
  return { ok: true, chapters: inOrder(chapters) }
}

function linesOf(text: string): Line[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ number: index + 1, text: line }))
    .filter((line) => line.text.trim() !== '')
}

function readAll(lines: readonly Line[], first: Line): ReadLine[] {
  const readRow = tableReader(first)
  const readLine = readRow ?? (isLabelLine(first) ? readLabelLine : readTimeLine)
  return lines
    .slice(readRow ? 1 : 0)
    .map((line) =>
      line.text.length > MOST_IN_A_LINE
        ? wrong(line, `It has ${line.text.length} letters: a title is far shorter.`)
        : readLine(line),
    )
}

function refused(line: number, message: string): ReadMarkers {
  return { ok: false, errors: [{ line, message }] }
}
