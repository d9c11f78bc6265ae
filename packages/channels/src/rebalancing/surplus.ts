export interface Rules {
  /** How far above the mean a node may be, as a part of it: 0.2 is a fifth. */
  readonly threshold: number
  /** A surplus of fewer sockets than these is not worth moving anybody for. */
  readonly least: number
  /** How much of its surplus a node sheds in one round: the others' counts are a moment old. */
  readonly part: number
}

export const RULES: Rules = { threshold: 0.2, least: 100, part: 0.5 }

/**
 * How many sockets a node closes now. `others` has a count for each other node. It begins only when it is above the mean by more
 * than the threshold; what it sheds never takes it below the mean, and the last node sheds nothing.
 */
export function toShed(own: number, others: readonly number[], rules: Rules = RULES): number {
  if (others.length === 0) return 0
  const mean = others.reduce((sum, count) => sum + count, own) / (others.length + 1)
  const surplus = Math.floor(own - mean)
  if (surplus < rules.least || surplus <= mean * rules.threshold) return 0
  return Math.min(surplus, Math.max(1, Math.ceil(surplus * rules.part)))
}
