import { safeHtml, type SafeHtml } from '../safe-html.ts'
import { timeCode } from './durations.ts'

/** Where a text stands, and what it is about. */
interface Place {
  readonly publicUrl: string
  /** Of the headings in it, that of the first: those below it keep their distance. */
  readonly headings: 2 | 3
  /** As long as the sound beside it; 0 where nobody knows, nothing where there is none. */
  readonly seconds?: number | undefined
}

/** A tag, or what stands between two. */
const PIECES = /<[^>]*>|[^<]+/g
const HEADING = /^(<\/?h)([1-6])(\b.*)$/s
const LINK = /^<a href="(https?:[^"]*)"/
const MOMENT = /^(<a) href="#t=[^"]*"/
/** In these a time is a part of something else. */
const VERBATIM = /^<(\/?)(?:a|code|pre|kbd|samp|time)\b/

/** At the beginning of a line, or in brackets: elsewhere it may be the time of a day. */
const TIME =
  /^(\s*)((?:\d{1,2}:)?\d{1,2}:\d{2})(?![\d:])|([([])((?:\d{1,2}:)?\d{1,2}:\d{2})(?=[)\]])/g
const BEGINS = /^<(?:p|li|dt|dd|div|br|td|h[2-6])\b/

/**
 * A text that was sanitised when it was saved, as it is shown: moments of the sound can be pressed, links that lead elsewhere are
 * marked, and its headings are below that of its section.
 */
export function shownText(html: string, place: Place): SafeHtml {
  const shift = headingShift(html, place.headings)
  let verbatim = 0
  let begins = true

  const shown = html.replaceAll(PIECES, (piece) => {
    if (!piece.startsWith('<')) {
      const text = verbatim === 0 ? withMoments(piece, place.seconds ?? 0, begins) : piece
      begins = false
      return text
    }
    const [, closes] = VERBATIM.exec(piece) ?? []
    if (closes !== undefined) verbatim += closes === '' ? 1 : -1
    begins ||= BEGINS.test(piece)
    const heard = place.seconds === undefined ? piece.replace(MOMENT, '$1') : piece
    return marked(shifted(heard, shift), place.publicUrl)
  })
  return safeHtml(shown)
}

function headingShift(html: string, first: number): number {
  const levels = Array.from(html.matchAll(/<h([1-6])\b/g), ([, level]) => Number(level))
  return levels.length === 0 ? 0 : first - Math.min(...levels)
}

function shifted(tag: string, shift: number): string {
  const [, opens, level, rest] = HEADING.exec(tag) ?? []
  if (level === undefined) return tag
  return `${opens ?? ''}${Math.min(6, Number(level) + shift)}${rest ?? ''}`
}

function marked(tag: string, publicUrl: string): string {
  const [, address] = LINK.exec(tag) ?? []
  const isOutside =
    address !== undefined && address !== publicUrl && !address.startsWith(`${publicUrl}/`)
  return isOutside ? tag.replace('<a ', '<a class="outside" ') : tag
}

function withMoments(text: string, seconds: number, begins: boolean): string {
  return text.replaceAll(
    TIME,
    (whole, space?: string, atStart?: string, bracket?: string, inside?: string) => {
      const figures = atStart ?? inside ?? ''
      const at = secondsIn(figures)
      if (at >= seconds || (atStart !== undefined && !begins)) return whole
      return `${space ?? bracket ?? ''}<a href="#t=${timeCode(at).figures}">${figures}</a>`
    },
  )
}

function secondsIn(figures: string): number {
  return figures.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
}
