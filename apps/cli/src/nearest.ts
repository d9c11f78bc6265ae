/** The known name somebody most likely meant, if any is close. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((name) => ({ name, distance: distance(given, name) }))
    .sort((left, right) => left.distance - right.distance)
  if (!best || best.distance > (given.length < 4 ? 1 : 2)) return undefined
  return best.name
}

export function didYouMean(given: string, known: readonly string[], prefix = ''): string {
  const name = nearest(given, known)
  return name === undefined ? '' : ` Did you mean "${prefix}${name}"?`
}

/** Letters to insert, remove or replace to make one word of the other (Levenshtein). */
function distance(left: string, right: string): number {
  let above = Array.from({ length: right.length + 1 }, (_, column) => column)
  for (const [row, letter] of Array.from(left).entries()) {
    const current = [row + 1]
    for (const [column, other] of Array.from(right).entries()) {
      current.push(
        Math.min(
          (above[column + 1] ?? 0) + 1,
          (current[column] ?? 0) + 1,
          (above[column] ?? 0) + (letter === other ? 0 : 1),
        ),
      )
    }
    above = current
  }
  return above[right.length] ?? 0
}
