const MORNING_HOUR = 6

interface Dated {
  /** Negative for what is scheduled, missing for a draft. */
  readonly publishedDaysAgo?: number
}

/** Whether it is published, and on which morning. */
export function publication({ publishedDaysAgo }: Dated, asOf: Date) {
  return publishedDaysAgo === undefined
    ? ({ published: false, publishedAt: null } as const)
    : ({ published: true, publishedAt: morning(asOf, publishedDaysAgo) } as const)
}

export function morning(asOf: Date, daysAgo: number): Date {
  const day = asOf.getUTCDate() - daysAgo
  return new Date(Date.UTC(asOf.getUTCFullYear(), asOf.getUTCMonth(), day, MORNING_HOUR))
}
