/** How a part is measured, and where. */
export interface Bench {
  readonly seconds: number
  readonly rounds: number
  /** A migrated database with the bench's network in it. */
  readonly databaseUrl: string
  readonly say: (line: string) => void
}
