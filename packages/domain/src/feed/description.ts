import { plainText } from '../markup/index.ts'

/** What Apple takes of a description, in bytes. */
const MOST_BYTES = 4000

/** The words of some HTML, as many as a directory takes. */
export function description(html: string | null): string {
  return shortened(plainText(html ?? ''))
}

function shortened(text: string): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= MOST_BYTES) return text
  // The last sign may be cut in two, and then the last word.
  const kept = bytes.subarray(0, MOST_BYTES - 3).toString('utf8')
  return `${kept.slice(0, Math.max(kept.lastIndexOf(' '), 0)) || kept.replace(/\ufffd+$/, '')}…`
}
