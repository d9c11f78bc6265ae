import { type Chapter } from '../chapter.ts'

/** What is wrong in a line of a marker list; lines count from 1. */
export interface MarkerError {
  readonly line: number
  readonly message: string
}

/** A line that is not blank, and its number. */
export interface Line {
  readonly number: number
  readonly text: string
}

/** One line read: a chapter, what is wrong with it, or nothing to keep (`null`). */
export type ReadLine = Chapter | MarkerError | null

export function wrong(line: Line, message: string): MarkerError {
  return { line: line.number, message }
}

/** A line quoted in a message, cut where it is long. */
export function quoted(text: string): string {
  const short = text.trim()
  return `“${short.length > 40 ? `${short.slice(0, 40)}…` : short}”`
}
