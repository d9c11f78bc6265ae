const ELLIPSIS = '…'

/** The beginning of a text, cut at the end of a sentence where one fits well, between words where none does. */
export function excerpt(text: string, longest: number): string {
  const line = text
    .trimStart()
    .slice(0, longest * 2)
    .replaceAll(/\s+/g, ' ')
    .trimEnd()
  if (line.length <= longest) return line

  const start = line.slice(0, longest + 1)
  const sentence = Math.max(...['. ', '! ', '? '].map((end) => start.lastIndexOf(end)))
  if (sentence >= longest / 2) return start.slice(0, sentence + 1)

  const word = start.lastIndexOf(' ')
  return `${start.slice(0, word > 0 ? word : longest).replace(/[\s,;:.–—-]+$|[\uD800-\uDBFF]$/, '')}${ELLIPSIS}`
}

/** Whether two texts open with the same words, whatever their marks and spaces. */
export function openAlike(left: string, right: string): boolean {
  const [one, other] = [letters(left), letters(right)]

  return one.length > 0 && (one.startsWith(other) ? other.length > 0 : other.startsWith(one))
}

/** The words at the beginning of a page's markup. */
export function openingWords(html: string): string {
  return html
    .slice(0, 400)
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&[a-z]+;|&#\d+;/g, ' ')
    .trim()
}

function letters(text: string): string {
  return text
    .slice(0, 100)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')
    .slice(0, 48)
}
