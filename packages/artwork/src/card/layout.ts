import { type Card, CARD_SIZES, type CardShape } from './card.ts'
import { lettered, type Lettering } from './lettering.ts'
import { pathsOf } from './line.ts'
import { type Box, cut, fitted, heightOf, lineWidth, type SetText } from './set-text.ts'
import { SANS, SERIF } from './typeface.ts'

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
  const said = lettersOf(card)
  if (!said) {
    const content = hasArtwork ? '' : dial(shape)
    return { svg: drawing(card, shape, content), artwork: hasArtwork ? ARTWORK_ALONE[shape] : null }
  }
  const plan = (hasArtwork ? WITH_ARTWORK : WITHOUT)[shape]
  const { width } = CARD_SIZES[shape]
  const facing = said.title.isRightToLeft ? mirrored(plan, width) : plan
  return { svg: drawing(card, shape, words(said, shape, facing)), artwork: facing.artwork }
}

/** What of a card can be lettered. */
interface Said {
  readonly title: Lettering
  readonly above: Lettering | undefined
  readonly below: Lettering | undefined
  readonly foot: Lettering | undefined
}

/** Where its title cannot be lettered a card is headed with whose it is. */
function lettersOf(card: Card): Said | undefined {
  const small = (text: string | null) => (text === null ? undefined : lettered(SANS, text))
  for (const part of ['title', 'above', 'foot', 'below'] as const) {
    const title = lettered(SERIF, card[part] ?? '')
    if (!title) continue
    const others = { above: small(card.above), below: small(card.below), foot: small(card.foot) }
    return { ...others, [part]: undefined, title }
  }
  return undefined
}

/** As who reads from the right sees it. */
function mirrored(plan: Plan, width: number): Plan {
  const { words: area, artwork } = plan
  return {
    ...plan,
    words: { ...area, left: width - area.left - area.width },
    artwork: artwork && { ...artwork, left: width - artwork.left - artwork.side },
  }
}

function drawing({ ground, ink }: Card, shape: CardShape, content: string): string {
  const { width, height } = CARD_SIZES[shape]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="${width}" height="${height}" fill="${ground}"/><g fill="${ink}">${content}</g></svg>`
}

function words(said: Said, shape: CardShape, plan: Plan): string {
  const { words: area, smallSize, artwork, titleSizes } = plan
  const isRightToLeft = said.title.isRightToLeft
  const small = { size: smallSize, leading: 1.3, tracking: 0 }
  const set = (text: Lettering | undefined, box: Box) => text && cut(text, box, small)
  const ruleHeight = smallSize * 0.9
  const above = set(said.above, { width: area.width, height: smallSize })
  const aboveTop = area.top + ruleHeight + smallSize * 1.1
  const titleTop = aboveTop + (above ? heightOf(above) + smallSize * 1.5 : smallSize * 0.5)

  // In the square the artwork stands at the foot, and the small lines beside it.
  const isBeside = shape === 'square' && artwork !== null
  const footArea = isBeside ? besideOf(artwork, area, isRightToLeft) : area
  const foot = set(said.foot, { width: footArea.width, height: smallSize })
  const bottom = area.top + area.height
  const footTop = bottom - (foot ? heightOf(foot) : 0)
  const belowHeight = smallSize * (isBeside ? 4.6 : 2.1)
  const below = set(said.below, { width: footArea.width, height: belowHeight })
  const belowTop = isBeside
    ? artwork.top
    : footTop - (foot ? smallSize * 0.8 : 0) - (below ? heightOf(below) : 0)

  const titleBox = {
    width: area.width,
    height: (isBeside ? artwork.top : belowTop) - smallSize * 1.6 - titleTop,
  }
  const sizes = said.title.text.length <= MOST_OF_A_SHOUT ? [...SHOUTED, ...titleSizes] : titleSizes
  const heading = fitted(said.title, titleBox, { leading: 1.02, tracking: -18 }, sizes)
  const textAt = (text: SetText | undefined, { left, width }: Area, top: number) =>
    text ? linesOf(text, isRightToLeft ? { right: left + width } : { left }, top) : ''
  return [
    rule(area, ruleHeight),
    textAt(above, area, aboveTop),
    textAt(heading, area, titleTop),
    textAt(below, footArea, belowTop),
    textAt(foot, footArea, footTop),
  ].join('')
}

const GAP = 40

/** A title of a word or two is set larger than others. */
const MOST_OF_A_SHOUT = 10
const SHOUTED = [224, 190, 160, 136, 116]

function besideOf(artwork: NonNullable<Plan['artwork']>, area: Area, isRightToLeft: boolean): Area {
  const width = area.width - artwork.side - GAP
  return { ...area, left: isRightToLeft ? area.left : artwork.left + artwork.side + GAP, width }
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

/** Alone where nothing at all can be said: the dial, and the arrow of this program below it. */
function dial(shape: CardShape): string {
  const { width, height } = CARD_SIZES[shape]
  const side = Math.min(width, height) * 0.5
  const [left, top] = [(width - side) / 2, (height - side) / 2]
  const arrow = `M${left + side * 0.3} ${top + side * 0.4}v${side * 0.6}l${side * 0.5} ${-side * 0.3}z`
  return `${rule({ left, top, width: side, height: side }, side * 0.2)}<path d="${arrow}"/>`
}

function linesOf(
  text: SetText,
  at: { readonly left: number } | { readonly right: number },
  top: number,
): string {
  const { lettering, lines, size, leading, tracking, ascent } = text
  return lines
    .map((line, index) => {
      const x = 'left' in at ? at.left : at.right - lineWidth(text, line)
      const y = top + size * (ascent + index * leading)
      return `<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)})">${pathsOf(lettering, line, size, tracking)}</g>`
    })
    .join('')
}
