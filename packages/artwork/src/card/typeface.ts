import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import { Blob, Buffer as Letters, Direction, Face, Font, shape } from 'harfbuzzjs'

/** A letter as it is drawn, in thousandths of an em; up is positive. */
export interface Glyph {
  readonly path: string
  readonly advance: number
  readonly x: number
  readonly y: number
}

/** What is of one script, written in one direction. */
export interface Stretch {
  readonly text: string
  readonly isRightToLeft: boolean
  /** As in ISO 15924; undefined for what has none, digits. */
  readonly script: string | undefined
}

export interface Typeface {
  readonly name: string
  readonly capHeight: number
  /** Letters that join, or stand in squares, are not moved together. */
  readonly isTracked: boolean
  /** Whether there is a letter for everything in it. */
  readonly knows: (text: string) => boolean
  readonly shaped: (stretch: Stretch) => readonly Glyph[]
  /** The highest and the lowest that its letters reach. */
  readonly reach: (stretch: Stretch) => { readonly top: number; readonly bottom: number }
}

interface Given {
  /** Of which scripts something has to be in a text before the face is opened at all. */
  readonly only?: RegExp
  readonly capHeight: number
  /** Some look smaller than the others at one size. */
  readonly scale?: number
  readonly isTracked?: boolean
}

const HAN = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\uff00-\uffef]/u

const ARABIC = typeface('arabic', {
  only: /\p{scx=Arabic}/u,
  capHeight: 640,
  scale: 1.16,
  isTracked: false,
})
// Kana is in the Japanese one alone, so that a text with kana is set in its shapes.
const CHINESE = typeface('chinese', { only: HAN, capHeight: 790, scale: 0.94, isTracked: false })
const JAPANESE = typeface('japanese', { only: HAN, capHeight: 790, scale: 0.94, isTracked: false })
const OTHERS = [ARABIC, CHINESE, JAPANESE]

/** The faces of titles and of small lines. The first one that knows a text letters it. */
export const SERIF: readonly Typeface[] = [
  typeface('serif-latin', { capHeight: 670 }),
  typeface('serif-european', { capHeight: 670 }),
  typeface('serif-greek', { capHeight: 660, scale: 0.93 }),
  typeface('serif-hebrew', { only: /\p{scx=Hebrew}/u, capHeight: 640, scale: 1.1 }),
  ...OTHERS,
]
export const SANS: readonly Typeface[] = [
  typeface('sans-latin', { capHeight: 703 }),
  typeface('sans-european', { capHeight: 727 }),
  typeface('sans-hebrew', { only: /\p{scx=Hebrew}/u, capHeight: 640, scale: 1.06 }),
  ...OTHERS,
]

/** What has nothing to see of its own: it says how its neighbours join, or which way they go. */
const UNSEEN = /[\u061c\u200c-\u200f\u2066-\u2069]/u

function typeface(name: string, { only, capHeight, scale = 1, isTracked = true }: Given): Typeface {
  let opened: Font | undefined
  const font = () => (opened ??= open(name, Math.round(1000 * scale)))
  const hasGlyph = (letter: string) =>
    UNSEEN.test(letter) || font().nominalGlyph(letter.codePointAt(0) ?? 0) !== undefined

  return {
    name,
    capHeight,
    isTracked,
    knows: (text) => (!only || only.test(text)) && Array.from(text).every(hasGlyph),
    shaped: (stretch) =>
      placed(font(), stretch).map(({ id, advance, x, y }) => ({
        path: font().glyphToPath(id),
        advance,
        x,
        y,
      })),
    reach: (stretch) => {
      const reaches = placed(font(), stretch).map(({ id, y }) => {
        const { yBearing, height } = font().glyphExtents(id) ?? { yBearing: 0, height: 0 }
        return { top: y + yBearing, bottom: y + yBearing + height }
      })
      return {
        top: Math.max(0, ...reaches.map(({ top }) => top)),
        bottom: Math.min(0, ...reaches.map(({ bottom }) => bottom)),
      }
    },
  }
}

function open(name: string, scale: number): Font {
  const file = new URL(`../../faces/${name}.ttf.br`, import.meta.url)
  const font = new Font(new Face(new Blob(brotliDecompressSync(readFileSync(file)))))
  font.setScale(scale, scale)
  return font
}

const letters = new Letters()

function placed(font: Font, { text, isRightToLeft, script }: Stretch) {
  letters.reset()
  letters.addText(text)
  letters.setDirection(isRightToLeft ? Direction.RTL : Direction.LTR)
  letters.setScript(script ?? 'Zyyy')
  shape(font, letters)
  const positions = letters.getGlyphPositions()
  return letters.getGlyphInfos().map(({ codepoint }, index) => {
    const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[index] ?? {}
    return { id: codepoint, advance: xAdvance, x: xOffset, y: yOffset }
  })
}
