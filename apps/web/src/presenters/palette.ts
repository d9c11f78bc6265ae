import { safeHtml, type SafeHtml } from '../safe-html.ts'
import { inkOn, parseHex, readableOn, toHex } from './colours.ts'

/** The two grounds of tokens.css, on which every accent must be readable. */
const PAPER = parseHex('#f1eee8')
const NIGHT = parseHex('#201c18')

/** Printers' inks for shows that chose no colour: the slug picks one, and the same one for good. */
const INKS = [
  '#a8321f',
  '#0f6e63',
  '#33558b',
  '#8a5a00',
  '#6d3f7f',
  '#4b6b24',
  '#9c2f5a',
  '#1f6785',
  '#7a4a32',
  '#3f5f56',
  '#5b4a8f',
  '#7d2a2a',
  '#2f6b3a',
  '#8c4a7a',
] as const

const COLOUR = /^#[0-9a-f]{6}$/

interface Coloured {
  readonly slug: string
  readonly colour: string | null
}

const palettes = new Map<string, SafeHtml>()

/** The custom properties of a show, for a `style` attribute: its accent on either ground, and its cover. */
export function palette(show: Coloured): SafeHtml {
  const colour = coverColour(show)
  const known = palettes.get(colour)
  if (known) return known

  const made = properties(colour)
  palettes.set(colour, made)
  return made
}

/** What the cover of a show is set on. */
export function coverColour(show: Coloured): string {
  return show.colour && COLOUR.test(show.colour) ? show.colour : inkOf(show.slug)
}

function properties(hex: string): SafeHtml {
  const colour = parseHex(hex)

  return safeHtml(
    [
      `--on-light:${toHex(readableOn(PAPER, colour))}`,
      `--on-dark:${toHex(readableOn(NIGHT, colour))}`,
      `--cover:${hex}`,
      `--on-cover:${toHex(inkOn(colour))}`,
    ].join(';'),
  )
}

function inkOf(slug: string): string {
  const sum = Array.from(slug).reduce((hash, sign) => (hash * 33 + sign.charCodeAt(0)) % 65_521, 7)

  return INKS[sum % INKS.length] ?? INKS[0]
}
