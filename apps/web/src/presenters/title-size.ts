/** How large a title can be set before it breaks badly. */
export type TitleSize = 'short' | 'long' | 'longest'

interface Limits {
  /** The most signs for the largest setting, and for the next. */
  readonly short: number
  readonly long: number
}

export function titleSize(title: string, { short, long }: Limits): TitleSize {
  if (title.length <= short) return 'short'

  return title.length <= long ? 'long' : 'longest'
}

/** The same for a narrow column, where one long word is enough to break it. */
export function narrowTitleSize(title: string, { short, long }: Limits): TitleSize {
  const longestWord = Math.max(...title.split(/\s+/u).map((word) => word.length))

  return titleSize('x'.repeat(Math.max(longestWord * 2, title.length / 2)), { short, long })
}
