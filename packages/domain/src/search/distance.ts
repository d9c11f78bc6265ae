/** How many letters were left out, added, mistaken or swapped between two words. */
export function distance(one: string, other: string): number {
  const [a, b] = [Array.from(one), Array.from(other)]
  let before: number[] = []
  let last = b.map((_, index) => index + 1)
  for (const [row, letter] of a.entries()) {
    const next: number[] = []
    for (const [column, theirs] of b.entries()) {
      const diagonal = (column === 0 ? row : last[column - 1]) ?? 0
      const left = (column === 0 ? row + 1 : next[column - 1]) ?? 0
      const above = last[column] ?? 0
      let least = Math.min(diagonal + (letter === theirs ? 0 : 1), left + 1, above + 1)
      const isSwapped = row > 0 && column > 0 && letter === b[column - 1] && a[row - 1] === theirs
      if (isSwapped)
        least = Math.min(least, ((column === 1 ? row - 1 : before[column - 2]) ?? 0) + 1)
      next.push(least)
    }
    before = last
    last = next
  }
  return last.at(-1) ?? a.length
}

/** As many as somebody may get wrong in a word of this length and still mean it. */
export function forgiven(word: string): number {
  if (word.length < 4) return 0
  if (word.length < 6) return 1
  return word.length < 10 ? 2 : 3
}
