/**
 * A set of clocks of one replica, as ranges that are sorted, apart from each other and both ends included:
 * `[1, 4, 6, 6]` is 1, 2, 3, 4 and 6. What has been seen without a gap is so one range, however long it is.
 */
export type Dots = readonly number[]

export const NO_DOTS: Dots = []

export function dot(clock: number): Dots {
  return [clock, clock]
}

/** Everything up to a clock. */
export function upTo(clock: number): Dots {
  return clock === 0 ? NO_DOTS : [1, clock]
}

/** The last clock before the first gap. */
export function contiguous(dots: Dots): number {
  return dots[0] === 1 ? (dots[1] ?? 0) : 0
}

export function hasDot(dots: Dots, clock: number): boolean {
  let low = 0
  let high = dots.length / 2
  while (low < high) {
    const middle = (low + high) >> 1
    if ((dots[2 * middle + 1] ?? 0) < clock) low = middle + 1
    else high = middle
  }
  return 2 * low < dots.length && (dots[2 * low] ?? 0) <= clock
}

export function union(left: Dots, right: Dots): Dots {
  if (left.length === 0) return right
  if (right.length === 0) return left
  const ranges: number[] = []
  let [atLeft, atRight] = [0, 0]
  while (atLeft < left.length || atRight < right.length) {
    const fromLeft = atRight >= right.length || (left[atLeft] ?? Infinity) <= (right[atRight] ?? 0)
    const [first = 0, last = 0] = fromLeft
      ? [left[atLeft], left[atLeft + 1]]
      : [right[atRight], right[atRight + 1]]
    if (fromLeft) atLeft += 2
    else atRight += 2
    const end = ranges.at(-1) ?? -1
    if (ranges.length > 0 && first <= end + 1) ranges[ranges.length - 1] = Math.max(end, last)
    else ranges.push(first, last)
  }
  return ranges
}

export function includes(dots: Dots, others: Dots): boolean {
  return countDots(union(dots, others)) === countDots(dots)
}

export function countDots(dots: Dots): number {
  let count = 0
  for (let at = 0; at < dots.length; at += 2) count += (dots[at + 1] ?? 0) - (dots[at] ?? 0) + 1
  return count
}

export function* eachDot(dots: Dots): Generator<number> {
  for (let at = 0; at < dots.length; at += 2) {
    for (let clock = dots[at] ?? 0; clock <= (dots[at + 1] ?? 0); clock++) yield clock
  }
}
