/** Text in pieces: those that were looked for are marked. */
export type Marked = readonly Piece[]

export interface Piece {
  readonly text: string
  readonly marked: boolean
}

/** Where in a text something stands. */
export interface Place {
  readonly from: number
  readonly to: number
}

/** What of a long text is worth showing: where the most of what was looked for stands close together. */
export function windowOf(text: string, places: readonly Place[], length: number): Place {
  if (text.length <= length) return { from: 0, to: text.length }
  const inside = (start: Place) =>
    new Set(
      places
        .filter(({ from, to }) => from >= start.from && to <= start.from + length * 0.75)
        .map(({ from, to }) => text.slice(from, to).toLowerCase()),
    ).size
  let best = places[0]
  let most = 0
  for (const place of places) {
    const count = inside(place)
    if (count > most) [best, most] = [place, count]
  }
  const lead = best ? Math.max(0, best.from - length * 0.25) : 0
  const from = lead === 0 ? 0 : afterSpace(text, lead)
  return { from, to: beforeSpace(text, Math.min(text.length, from + length)) }
}

/** That part of the text, in pieces. */
export function piecesIn(text: string, places: readonly Place[], { from, to }: Place): Marked {
  const pieces: Piece[] = []
  const add = (piece: string, marked: boolean) => {
    const said = piece.replace(/\s+/gu, ' ')
    if (said !== '') pieces.push({ text: said, marked })
  }
  let at = from
  for (const place of places) {
    if (place.from < at || place.to > to) continue
    add(text.slice(at, place.from), false)
    add(text.slice(place.from, place.to), true)
    at = place.to
  }
  add(text.slice(at, to), false)
  return [
    ...(from > 0 ? [{ text: '… ', marked: false }] : []),
    ...pieces,
    ...(to < text.length ? [{ text: ' …', marked: false }] : []),
  ]
}

function afterSpace(text: string, at: number): number {
  const whole = Math.floor(at)
  const space = text.indexOf(' ', whole)
  return space === -1 || space - whole > 40 ? unsplit(text, whole) : space + 1
}

function beforeSpace(text: string, at: number): number {
  if (at >= text.length) return text.length
  const whole = Math.floor(at)
  const space = text.lastIndexOf(' ', whole)
  return space === -1 || whole - space > 40 ? unsplit(text, whole) : space
}

/** Never between the halves of a character. */
function unsplit(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at
}
