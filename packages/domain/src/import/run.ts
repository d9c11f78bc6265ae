import { type Repo } from '@showrunner/data'

/** What an import tells while it goes on. */
export type ImportEvent =
  | { readonly type: 'read'; readonly title: string; readonly episodes: number }
  | { readonly type: 'saved'; readonly done: number; readonly total: number }
  | { readonly type: 'fetched'; readonly done: number; readonly total: number }
  | { readonly type: 'attached'; readonly done: number; readonly total: number }
  | { readonly type: 'warning'; readonly message: string }

/** One import under way. */
export interface Run {
  readonly repo: Repo
  readonly asOf: Date
  readonly tell: (event: ImportEvent) => void
  readonly warn: (message: string) => void
  /** Called between one thing and the next. What it throws ends the import. */
  readonly pause: () => void
}
