import { type Card, CARD_SIZES, type CardShape } from './card.ts'
import { type Box, cut, fitted, heightOf, type SetText } from './set-text.ts'
import { lettered, pathsOf, SANS, SERIF } from './typeface.ts'

/** A card as a drawing, and where its artwork goes. */
export interface Layout {
  readonly svg: string
  readonly artwork: { readonly left: number; readonly top: number; readonly side: number } | null
}

interface Area extends Box {
  readonly left: number
  readonly top: number
}

/** Where the words of a shape go, with artwork and without. */
interface Plan {
  readonly words: Area
  readonly artwork: Layout['artwork']
  readonly titleSizes: readonly number[]
  readonly smallSize: number
}

const WITH_ARTWORK: Readonly<Record<CardShape, Plan>> = {
  wide: {
    words: { left: 64, top: 64, width: 556, height: 502 },
    artwork: { left: 668, top: 64, side: 468 },
    titleSizes: [92, 82, 73, 65, 58, 52, 46, 41],
    smallSize: 26,
  },
  square: {
    words: { left: 72, top: 72, width: 936, height: 936 },
    artwork: { left: 72, top: 672, side: 336 },
    titleSizes: [120, 106, 94, 84, 75, 67, 60, 53],
    smallSize: 34,
  },
  tall: {
    words: { left: 84, top: 1164, width: 912, height: 612 },
    artwork: { left: 0, top: 0, side: 1080 },
    titleSizes: [112, 100, 89, 79, 70, 62, 56, 50],
    smallSize: 38,
  },
}

const WITHOUT: Readonly<Record<CardShape, Plan>> = {
  wide: {
    ...WITH_ARTWORK.wide,
    words: { left: 64, top: 64, width: 1072, height: 502 },
    artwork: null,
    titleSizes: [132, 116, 102, 90, 80, 70, 62, 54, 46],
  },
  square: {
    ...WITH_ARTWORK.square,
    artwork: null,
    titleSizes: [150, 132, 116, 102, 90, 79, 70, 61],
  },
  tall: {
    ...WITH_ARTWORK.tall,
    words: { left: 84, top: 250, width: 912, height: 1420 },
    artwork: null,
    titleSizes: [168, 150, 134, 120, 106, 94, 84, 75],
  },
}

/** Where there are no words to set the artwork has the card to itself. */
const ARTWORK_ALONE: Readonly<Record<CardShape, Layout['artwork']>> = {
  wide: { left: 285, top: 0, side: 630 },
  square: { left: 90, top: 90, side: 900 },
  tall: { left: 0, top: 420, side: 1080 },
}

export function layOut(card: Card, shape: CardShape, hasArtwork: boolean): Layout {
  const title = lettered(SERIF, card.title)
  if (title === undefined && hasArtwork) {
    return { svg: drawing(card, shape, ''), artwork: ARTWORK_ALONE[shape] }
  }
  const plan = (hasArtwork ? WITH_ARTWORK : WITHOUT)[shape]
  return { svg: drawing(card, shape, words(card, title, shape, plan)), artwork: plan.artwork }
}

function drawing({ ground, ink }: Card, shape: CardShape, content: string): string {
  const { width, height } = CARD_SIZES[shape]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="${width}" height="${height}" fill="${ground}"/><g fill="${ink}">${content}</g></svg>`
}

function words(card: Card, title: string | undefined, shape: CardShape, plan: Plan): string {
  const { words: area, smallSize, artwork, titleSizes } = plan
  const small = { face: SANS, size: smallSize, leading: 1.3 }
  const set = (text: string | null, box: Box) => {
    const known = text === null ? undefined : lettered(SANS, text)
    return known === undefined ? undefined : cut(known, box, small)
  }
  const ruleHeight = smallSize * 0.9
  const above = set(card.above, { width: area.width, height: smallSize })
  const aboveTop = area.top + ruleHeight + smallSize * 1.1
  const titleTop = aboveTop + (above ? heightOf(above) + smallSize * 1.5 : smallSize * 0.5)

  // In the square the artwork stands at the foot, and the small lines beside it.
  const isBeside = shape === 'square' && artwork !== null
  const footArea = isBeside
    ? { ...area, left: artwork.left + artwork.side + 40, width: area.width - artwork.side - 40 }
    : area
  const foot = set(card.foot, { width: footArea.width, height: smallSize })
  const bottom = area.top + area.height
  const footTop = bottom - (foot ? heightOf(foot) : 0)
  const belowHeight = smallSize * (isBeside ? 4.6 : 2.1)
  const below = set(card.below, { width: footArea.width, height: belowHeight })
  const belowTop = isBeside
    ? artwork.top
    : footTop - (foot ? smallSize * 0.8 : 0) - (below ? heightOf(below) : 0)

  const titleBox = {
    width: area.width,
    height: (isBeside ? artwork.top : belowTop) - smallSize * 1.6 - titleTop,
  }
  const heading =
    title === undefined
      ? undefined
      : fitted(title, titleBox, { face: SERIF, leading: 1.02, tracking: -18 }, titleSizes)
  return [
    rule(area, ruleHeight),
    textAt(above, area.left, aboveTop),
    textAt(heading, area.left, titleTop),
    textAt(below, footArea.left, belowTop),
    textAt(foot, footArea.left, footTop),
  ].join('')
}

/** The dial that stands above every cover set in type. */
function rule({ left, top, width }: Area, height: number): string {
  const ticks = Array.from({ length: 21 }, (_, step) => {
    const long = step % 5 === 0
    const x = left + (step * (width - 3)) / 20
    return `<rect x="${x.toFixed(1)}" y="${top}" width="3" height="${long ? height : height * 0.45}"/>`
  })
  return `<rect x="${left}" y="${top}" width="${width}" height="4"/>${ticks.join('')}`
}

function textAt(text: SetText | undefined, left: number, top: number): string {
  if (!text) return ''
  const { face, size, leading, tracking = 0 } = text
  const baseline = top + (size * face.capHeight) / 1000
  return text.lines
    .map((line, index) => {
      const y = baseline + index * size * leading
      return `<g transform="translate(${left} ${y.toFixed(1)})">${pathsOf(face, line, size, tracking)}</g>`
    })
    .join('')
}
