import { type Elsewhere } from '../moving/index.ts'
import { type Skipped } from './plan-episodes.ts'
import { type Outcome } from './save-podcast.ts'

/** A field of the podcast before and after, as text. */
export interface FieldChange {
  readonly field: string
  readonly before: string | null
  readonly after: string | null
}

export interface PlannedEpisode {
  readonly title: string
  readonly publishedAt: string | null
  /** Of one that is known: what the feed says differently. */
  readonly changed: readonly string[]
}

/** What an import would do. */
export interface ImportPreview {
  readonly title: string
  readonly slug: string
  /** The podcast it is, when there is one. */
  readonly podcastId: number | null
  readonly outcome: Outcome
  readonly fields: readonly FieldChange[]
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  /** The newest of those that are new, and of those that change. */
  readonly additions: readonly PlannedEpisode[]
  readonly updates: readonly PlannedEpisode[]
  readonly skipped: readonly Skipped[]
  /** Who would be added to the network, by name. */
  readonly people: readonly string[]
  readonly warnings: readonly string[]
  readonly moreWarnings: number
  /** What would lie elsewhere, unless it is brought here. Of an earlier version of the program: not looked at. */
  readonly elsewhere?: Elsewhere
}

const MOST_LISTED = 100

/** Not more than can be looked at, and how many more there are. */
export function someOf<T>(all: readonly T[]): {
  readonly some: readonly T[]
  readonly more: number
} {
  return { some: all.slice(0, MOST_LISTED), more: Math.max(0, all.length - MOST_LISTED) }
}
