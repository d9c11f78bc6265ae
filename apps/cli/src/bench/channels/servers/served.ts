/** A server under test, as the process that runs it sees it. */
export interface Served {
  readonly port: number
  /** Says a text to everybody in the topic. */
  broadcast(text: string): void
  /** How many diffs were told to the topic of presences. */
  readonly diffs: number
}
