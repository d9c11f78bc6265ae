import { type Kind } from './kinds.ts'
import { type Marked } from './marked.ts'

/** What was found. */
export interface Answer {
  /** As it was understood: cut, and without what no text holds. */
  readonly text: string
  /** What was looked for in its place, as nothing has what was typed. */
  readonly corrected: string | null
  /** What was meant perhaps: it is found far more often. */
  readonly suggested: string | null
  readonly total: number
  readonly page: number
  readonly pages: number
  readonly hits: readonly Hit[]
  /** In which shows and years how much of it is, each whatever is asked of the other. */
  readonly podcasts: readonly {
    readonly slug: string
    readonly title: string
    readonly count: number
  }[]
  readonly years: readonly { readonly year: number; readonly count: number }[]
}

export interface Hit {
  readonly kind: Kind
  readonly id: number
  readonly title: Marked
  readonly excerpt: Marked | null
  readonly shownAt: Date | null
  /** Of its address; of a person, their handle. */
  readonly slug: string
  /** Of an episode. */
  readonly podcast: { readonly slug: string; readonly title: string } | null
  readonly coverUrl: string | null
  /** What is said in an episode. */
  readonly passages: readonly Passage[]
  /** In how many passages of it all of it is said. */
  readonly passageCount: number
}

export interface Passage {
  /** Null where nobody noted times. */
  readonly startsMs: number | null
  readonly speaker: string | null
  readonly words: Marked
}
