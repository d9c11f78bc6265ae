/** The shapes a card is drawn in: for links, for squares, for phones held upright. */
export const CARD_SHAPES = ['wide', 'square', 'tall'] as const
export type CardShape = (typeof CARD_SHAPES)[number]

export const CARD_SIZES: Readonly<
  Record<CardShape, { readonly width: number; readonly height: number }>
> = {
  wide: { width: 1200, height: 630 },
  square: { width: 1080, height: 1080 },
  tall: { width: 1080, height: 1920 },
}

/** What a card says. What cannot be lettered wholly is left out: a card without its title is headed with whose it is. */
export interface Card {
  /** `#rrggbb`, and what is readable on it. */
  readonly ground: string
  readonly ink: string
  /** A small line above the title. */
  readonly above: string | null
  readonly title: string
  /** A line below it: who speaks. */
  readonly below: string | null
  /** Whose it is, at the foot. */
  readonly foot: string | null
}
