import { type Way } from './download-count.ts'

/** What was sent to somebody of a file, or, where it lies elsewhere, what they asked for. */
export interface SentPiece {
  /** Of the file, as episodes name it: `/uploads/episodes/42/x.mp3`. */
  readonly address: string
  /** Whole; it is stored nowhere. */
  readonly ip: string
  readonly userAgent: string
  readonly way: Way
  readonly at: Date
  /** What was sent; of what was only asked for, the range, whose end is the file's where none was said. */
  readonly sent: number | AskedRange
}

interface AskedRange {
  readonly start: number
  readonly end: number | null
}

/** Where the bytes came from elsewhere, how many there were is a guess. */
export function isEstimated({ sent }: SentPiece): boolean {
  return typeof sent !== 'number'
}

export function bytesOf({ sent }: SentPiece, fileBytes: number): number {
  if (typeof sent === 'number') return sent
  const end = Math.min(sent.end ?? fileBytes - 1, fileBytes - 1)
  return Math.max(0, end - sent.start + 1)
}
