import { SPEEDS } from '../../assets/scripts/player/speeds.ts'

/** What the player at the foot of a page is made of. */
export interface DeckPage {
  readonly speeds: readonly number[]
  /** After how many minutes it may fall silent. */
  readonly sleeps: readonly number[]
}

export function deckPage(): DeckPage {
  return { speeds: SPEEDS, sleeps: [5, 15, 30, 45, 60] }
}
