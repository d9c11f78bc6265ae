import { clustersOf, type Lettering } from './lettering.ts'
import { type Measured, measured, reachOf } from './line.ts'

/** How a text is set. Tracking is in thousandths of an em, leading in ems. */
export interface Setting {
  readonly size: number
  readonly leading: number
  readonly tracking: number
}

export interface Box {
  readonly width: number
  readonly height: number
}

/** A text in lines, and the setting they are in. Above the first baseline it takes the ascent, in ems. */
export interface SetText extends Setting {
  readonly lettering: Lettering
  readonly lines: readonly string[]
  readonly ascent: number
  /** What it reaches below the last one, more than is usual. */
  readonly descent: number
}

/** What no line is broken within, and whether a space stands before it. */
interface Piece extends Measured {
  readonly text: string
  readonly isSpaced: boolean
}

/** Sets a text as large as it fits into the box, no word of it broken; what does not fit in the smallest size is cut. */
export function fitted(
  lettering: Lettering,
  box: Box,
  wanted: Omit<Setting, 'size'>,
  sizes: readonly number[],
): SetText {
  const pieces = piecesOf(lettering)
  const fit = fitOf(lettering, wanted)
  for (const size of sizes) {
    const sized = { ...fit, size }
    const isWhole = pieces.every((piece) => widthOf(piece, sized) <= box.width)
    const lines = isWhole ? wrapped(pieces, box.width, sized) : []
    if (isWhole && lines.length <= mostLines(box, sized)) {
      return { ...sized, lines: balanced(pieces, lines, box.width, sized) }
    }
  }
  return cut(lettering, box, { ...wanted, size: sizes.at(-1) ?? 1 })
}

/** In so many lines at most, the last one with an ellipsis where there is more. */
export function cut(lettering: Lettering, box: Box, setting: Setting): SetText {
  const fit = { ...fitOf(lettering, setting), size: setting.size }
  const pieces = piecesOf(lettering).flatMap((piece) => broken(piece, box.width, fit))
  const lines = wrapped(pieces, box.width, fit)
  const most = Math.max(mostLines(box, fit), 1)
  if (lines.length <= most) return { ...fit, lines }
  const last = shortened(lines[most - 1] ?? '', box.width, fit)
  return { ...fit, lines: [...lines.slice(0, most - 1), last] }
}

export function heightOf({ lines, size, leading, ascent }: Omit<SetText, 'lettering'>): number {
  return size * (ascent + (lines.length - 1) * leading)
}

/** How wide a line of it is, in pixels. */
export function lineWidth(fit: Fit, line: string): number {
  return widthOf(measured(fit.lettering, line), fit)
}

type Fit = Omit<SetText, 'lines'>

/** Lines of high letters and deep ones stand apart, so that none touches another. */
function fitOf(lettering: Lettering, wanted: Omit<Setting, 'size'>): Omit<Fit, 'size'> {
  const { top, bottom } = reachOf(lettering, lettering.text)
  const capHeight = lettering.faces[0]?.capHeight ?? 0
  return {
    lettering,
    tracking: wanted.tracking,
    leading: Math.max(wanted.leading, (top - bottom + 20) / 1000),
    ascent: Math.max(capHeight, top - 200) / 1000,
    descent: Math.max(0, -bottom - 260) / 1000,
  }
}

function mostLines({ height }: Box, { size, leading, ascent, descent }: Fit): number {
  return 1 + Math.floor((height - size * (ascent + descent)) / (size * leading))
}

function widthOf({ width, tracked }: Measured, { size, tracking }: Setting): number {
  return Math.max(width + tracked * tracking, 0) * (size / 1000)
}

function wrapped(pieces: readonly Piece[], width: number, fit: Fit): readonly string[] {
  const [apart, together] = ['0 0', '00'].map((line) => lineWidth(fit, line))
  const space = (apart ?? 0) - (together ?? 0)
  const lines: { text: string; width: number }[] = []
  for (const piece of pieces) {
    const last = lines.at(-1)
    const gap = piece.isSpaced ? space : 0
    const own = widthOf(piece, fit)
    if (last && last.width + gap + own <= width) {
      last.text += `${piece.isSpaced ? ' ' : ''}${piece.text}`
      last.width += gap + own
    } else lines.push({ text: piece.text, width: own })
  }
  return lines.map(({ text }) => text)
}

/** In as many lines, and those about as long as each other. */
function balanced(
  pieces: readonly Piece[],
  lines: readonly string[],
  width: number,
  fit: Fit,
): readonly string[] {
  const widest = Math.max(...pieces.map((piece) => widthOf(piece, fit)))
  let best = lines
  for (let narrower = width * 0.97; narrower >= widest; narrower *= 0.97) {
    const tried = wrapped(pieces, narrower, fit)
    if (tried.length > lines.length) break
    best = tried
  }
  return best
}

const words = new Intl.Segmenter('ja', { granularity: 'word' })
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u

/** Words; where none are written apart, as a dictionary knows them, each with the signs that belong to it. */
function piecesOf({ text, ...faces }: Lettering): readonly Piece[] {
  // A dash or a dot between words begins no line.
  return text.split(/ (?![·•–—|/](?: |$))/).flatMap((word) => {
    const parts: string[] = []
    for (const { segment } of UNSPACED.test(word) ? words.segment(word) : [{ segment: word }]) {
      const last = parts.at(-1)
      const isHeld =
        last !== undefined &&
        (/^[\p{Pe}\p{Pf}\p{Po}\p{Lm}ぁぃぅぇぉっゃゅょァィゥェォッャュョ]/u.test(segment) ||
          /[\p{Ps}\p{Pi}]$/u.test(last))
      if (isHeld) parts[parts.length - 1] = last + segment
      else parts.push(segment)
    }
    return parts.map((part, index) => ({
      text: part,
      isSpaced: index === 0,
      ...measured(faces, part),
    }))
  })
}

/** A word in pieces that fit into a line. */
function broken(word: Piece, width: number, fit: Fit): readonly Piece[] {
  if (widthOf(word, fit) <= width) return [word]
  const pieces: Piece[] = []
  for (const cluster of clustersOf(word.text)) {
    const last = pieces.at(-1)
    const own = measured(fit.lettering, cluster)
    const longer = last && {
      text: last.text + cluster,
      isSpaced: last.isSpaced,
      width: last.width + own.width,
      tracked: last.tracked + own.tracked,
    }
    if (longer && widthOf(longer, fit) <= width) pieces[pieces.length - 1] = longer
    else pieces.push({ text: cluster, isSpaced: pieces.length === 0 && word.isSpaced, ...own })
  }
  return pieces
}

function shortened(line: string, width: number, fit: Fit): string {
  const clusters = [...clustersOf(line)]
  const cutHere = () => `${clusters.join('').trimEnd()}…`
  while (clusters.length > 1 && lineWidth(fit, cutHere()) > width) clusters.pop()
  return cutHere()
}
