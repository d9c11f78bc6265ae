/** How far an import is. */
export interface ImportProgress {
  readonly phase: 'reading' | 'saving' | 'fetching'
  readonly done: number
  readonly total: number
}
