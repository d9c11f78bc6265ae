import { readFileSync } from 'node:fs'

/** The letters of a font as paths, in thousandths of an em: what `outlines/make.py` writes. */
export interface Typeface {
  readonly capHeight: number
  readonly descent: number
  readonly glyphs: Readonly<Record<string, readonly [advance: number, path: string]>>
  /** What two letters are moved together or apart. */
  readonly kerns: Readonly<Record<string, number>>
}

export const SERIF = typeface('newsreader')
export const SANS = typeface('grotesk')

function typeface(name: string): Typeface {
  const file = new URL(`../../outlines/${name}.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')) as Typeface
}

/** Spaces, dashes and hyphens that are written otherwise, and what says how letters join: nothing to see. */
const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/[\u2000-\u200a\u202f\u205f\u3000\s]+/g, ' '],
  [/[\u2010\u2011]/g, '-'],
  [/[\u2012\u2015]/g, '–'],
  [/[\p{Cf}\ufe00-\ufe0f]/gu, ''],
]

/**
 * The text as it can be lettered in a font; what is no letter and has no path, an emoji, is left out. Undefined where a letter
 * or a digit has none: of a name nothing may be missing.
 */
export function lettered({ glyphs }: Typeface, text: string): string | undefined {
  const plain = PLAIN.reduce((all, [from, to]) => all.replaceAll(from, to), text.normalize('NFC'))
  const letters = Array.from(plain)
  if (letters.some((letter) => !has(glyphs, letter) && /[\p{L}\p{N}\p{M}]/u.test(letter))) {
    return undefined
  }
  const known = letters.filter((letter) => has(glyphs, letter))
  return known.join('').replaceAll(/ +/g, ' ').trim() || undefined
}

function has(glyphs: Typeface['glyphs'], letter: string): boolean {
  return Object.hasOwn(glyphs, letter)
}

/** How wide a line is, in pixels. */
export function widthOf(face: Typeface, line: string, size: number, tracking = 0): number {
  return placed(face, line, tracking).width * (size / 1000)
}

/** A line as paths, from the left end of its baseline. */
export function pathsOf(face: Typeface, line: string, size: number, tracking = 0): string {
  const { places } = placed(face, line, tracking)
  const paths = places.map(({ at, path }) => `<path transform="translate(${at})" d="${path}"/>`)
  return `<g transform="scale(${size / 1000})">${paths.join('')}</g>`
}

interface Placed {
  readonly width: number
  readonly places: readonly { readonly at: number; readonly path: string }[]
}

function placed({ glyphs, kerns }: Typeface, line: string, tracking: number): Placed {
  const places: { at: number; path: string }[] = []
  let [at, before] = [0, '']
  for (const letter of line) {
    const [advance = 0, path = ''] = glyphs[letter] ?? []
    at += kerns[before + letter] ?? 0
    if (path !== '') places.push({ at, path })
    at += advance + tracking
    before = letter
  }
  return { width: Math.max(at - tracking, 0), places }
}
