import { type DocumentsSummary } from './documents.ts'
import { type Skipped } from './plan-episodes.ts'
import { type Outcome } from './save-podcast.ts'

/** What an import did. */
export interface ImportReport {
  readonly outcome: Outcome
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly skipped: readonly Skipped[]
  readonly documents: DocumentsSummary
  readonly warnings: readonly string[]
  /** How many more warnings there were. */
  readonly moreWarnings: number
}
