import bidiFactory, { type Bidi } from 'bidi-js'
import { type Typeface } from './typeface.ts'

// Its types are written for a bundler: what Node imports as the default is the function itself.
const factory = bidiFactory as unknown as () => Bidi
export const bidi = factory()

/** A text that can be lettered wholly, in which faces, and which way it goes. */
export interface Lettering {
  readonly text: string
  readonly faces: readonly Typeface[]
  readonly isRightToLeft: boolean
}

/** More than the smallest letters leave room for on any card. */
const MOST_LETTERS = 600

/** More marks on one letter than any language has: a heap of them would stand in the lines above. */
const HEAPED = /\p{M}{5}/u

/** Spaces, dashes and hyphens that are written otherwise, and what turns the letters around. */
const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/([0-9#*])\ufe0f?\u20e3/g, '$1'],
  [/\p{RGI_Emoji}/gv, ''],
  [/[\u2000-\u200a\u202f\u205f\u3000\s\p{Cc}]+/gu, ' '],
  [/[\u2010\u2011]/g, '-'],
  [/[\u2012\u2015]/g, '–'],
  [/(?![\u061c\u200c-\u200f\u2066-\u2069])\p{Cf}|[\ufe00-\ufe0f]/gu, ''],
]

/** What is no more than an ornament, and is left out where no face has it. */
const PICTURE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u200d]/u

/** The text as it is lettered, an emoji left out of it; undefined where it is not to be lettered wholly. */
export function lettered(faces: readonly Typeface[], text: string): Lettering | undefined {
  const plain = plainly(text, faces)
  if (!/[\p{L}\p{N}]/u.test(plain) || HEAPED.test(plain)) return undefined
  const whole = faces.find((face) => face.knows(`${plain}…`))
  if (!whole && !wordsOf(plain).every((word) => facesOf(faces, word))) return undefined
  return {
    text: plain,
    faces: whole ? [whole] : faces,
    isRightToLeft: isRightToLeft(plain),
  }
}

/** One after the other, what is to be set in one face: all of it, where there is but one. Undefined where none knows some of it. */
export function facesOf(
  faces: readonly Typeface[],
  word: string,
): readonly { readonly text: string; readonly face: Typeface }[] | undefined {
  const [only, ...others] = faces
  const whole = others.length === 0 ? only : faces.find((face) => face.knows(word))
  if (whole) return [{ text: word, face: whole }]
  const parts: { text: string; face: Typeface }[] = []
  for (const cluster of clustersOf(word)) {
    const last = parts.at(-1)
    const face = last?.face.knows(cluster) ? last.face : faces.find(({ knows }) => knows(cluster))
    if (!face) return undefined
    if (last?.face === face) last.text += cluster
    else parts.push({ text: cluster, face })
  }
  return parts
}

/** Letters with the marks on them. */
export function clustersOf(text: string): readonly string[] {
  return text.match(/.[\p{M}\u200c\u200d]*/gsu) ?? []
}

function wordsOf(text: string): readonly string[] {
  return text.split(' ').filter((word) => word !== '')
}

function plainly(text: string, faces: readonly Typeface[]): string {
  // Composing takes time with the square of the marks that are heaped on a letter.
  const most = text
    .slice(0, MOST_LETTERS * 4)
    .toWellFormed()
    .normalize('NFC')
  const plain = PLAIN.reduce((all, [from, to]) => all.replaceAll(from, to), most)
  const letters = Array.from(plain).filter(
    (letter) => !PICTURE.test(letter) || faces.some(({ knows }) => knows(letter)),
  )
  return letters.slice(0, MOST_LETTERS).join('').replaceAll(/ +/g, ' ').trim()
}

function isRightToLeft(text: string): boolean {
  return (bidi.getEmbeddingLevels(text, 'auto').paragraphs[0]?.level ?? 0) % 2 === 1
}
