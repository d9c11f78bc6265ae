import { type Typeface, widthOf } from './typeface.ts'

/** How a text is set. Tracking is in thousandths of an em, leading in ems. */
export interface Setting {
  readonly face: Typeface
  readonly size: number
  readonly leading: number
  readonly tracking?: number
}

export interface Box {
  readonly width: number
  readonly height: number
}

/** A text in lines, and the setting they are in. */
export interface SetText extends Setting {
  readonly lines: readonly string[]
}

/** Sets a text as large as it fits into the box, no word of it broken; what does not fit in the smallest size is cut. */
export function fitted(
  text: string,
  box: Box,
  setting: Omit<Setting, 'size'>,
  sizes: readonly number[],
): SetText {
  for (const size of sizes) {
    const sized = { ...setting, size }
    const words = text.split(' ')
    const isWhole = words.every((word) => measure(word, sized) <= box.width)
    const lines = wrapped(words, box.width, sized)
    if (isWhole && lines.length <= mostLines(box, sized)) return { ...sized, lines }
  }
  return cut(text, box, { ...setting, size: sizes.at(-1) ?? 1 })
}

/** In so many lines at most, the last one with an ellipsis where there is more. */
export function cut(text: string, box: Box, setting: Setting): SetText {
  const words = text.split(' ').flatMap((word) => broken(word, box.width, setting))
  const lines = wrapped(words, box.width, setting)
  const most = Math.max(mostLines(box, setting), 1)
  if (lines.length <= most) return { ...setting, lines }
  const last = shortened(lines[most - 1] ?? '', box.width, setting)
  return { ...setting, lines: [...lines.slice(0, most - 1), last] }
}

export function heightOf({ lines, size, leading, face }: SetText): number {
  return (size * face.capHeight) / 1000 + (lines.length - 1) * size * leading
}

function mostLines({ height }: Box, { size, leading, face }: Setting): number {
  return 1 + Math.floor((height - (size * face.capHeight) / 1000) / (size * leading))
}

function wrapped(words: readonly string[], width: number, setting: Setting): readonly string[] {
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    const longer = `${last} ${word}`
    if (last !== undefined && measure(longer, setting) <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

/** A word in pieces that fit into a line. */
function broken(word: string, width: number, setting: Setting): readonly string[] {
  const pieces: string[] = []
  for (const letter of word) {
    const last = pieces.at(-1)
    if (last !== undefined && measure(last + letter, setting) <= width) {
      pieces[pieces.length - 1] = last + letter
    } else pieces.push(letter)
  }
  return pieces
}

function shortened(line: string, width: number, setting: Setting): string {
  const letters = Array.from(line)
  while (letters.length > 1 && measure(`${letters.join('')}…`, setting) > width) letters.pop()
  return `${letters.join('').trimEnd()}…`
}

function measure(line: string, { face, size, tracking }: Setting): number {
  return widthOf(face, line, size, tracking)
}
