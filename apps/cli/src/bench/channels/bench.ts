/** What each part is given. */
export interface ChannelsBench {
  readonly connections: number
  readonly rounds: number
  /** How long is echoed in a round. */
  readonly seconds: number
  readonly say: (line: string) => void
}
