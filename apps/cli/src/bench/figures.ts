/** The middle of the rounds: one disturbed round does not move it. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  const middle = Math.floor(sorted.length / 2)
  const [low = Number.NaN, high = Number.NaN] = sorted.slice(
    sorted.length % 2 ? middle : middle - 1,
  )

  return sorted.length % 2 ? low : (low + high) / 2
}

export interface Ratio {
  readonly middle: number
  readonly lowest: number
  readonly highest: number
}

/** How often something was done. */
export interface Rate {
  readonly perSecond: number
}

/** Compares round by round, so that what slowed a whole round down slowed both of its sides. */
export function ratio(ours: readonly Rate[], theirs: readonly Rate[]): Ratio {
  const rounds = ours.map(
    (mine, round) => mine.perSecond / (theirs[round]?.perSecond ?? Number.NaN),
  )

  return spread(rounds)
}

export function spread(ratios: readonly number[]): Ratio {
  return { middle: median(ratios), lowest: Math.min(...ratios), highest: Math.max(...ratios) }
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

/** The middle of the rounds, and their spread. */
export function printed({ middle, lowest, highest }: Ratio): string {
  return `${middle.toFixed(2)} (${lowest.toFixed(2)}–${highest.toFixed(2)})`
}

/** Columns as wide as their widest cell; the first is set left, the others right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths =
    rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  )

  return `${lines.join('\n')}\n`
}
