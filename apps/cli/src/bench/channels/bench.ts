import { median, printed, ratio, type Rate } from '../figures.ts'

/** What each part is given. */
export interface ChannelsBench {
  readonly connections: number
  readonly rounds: number
  /** How long is echoed in a round. */
  readonly seconds: number
  readonly say: (line: string) => void
}

/** What something took, round by round. The less, the better. */
export type Costs = readonly number[]

/** How many times the cost of the other, with its spread. */
export function times(ours: Costs, theirs: Costs): string {
  return printed(ratio(theirs.map(rate), ours.map(rate)))
}

export function middle(costs: Costs, digits = 1): string {
  return median(costs).toFixed(digits)
}

const rate = (cost: number): Rate => ({ perSecond: 1 / cost })
