const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** A moment in words. All of them are UTC, and `full` says so. */
export interface Moment {
  /** For machines: `2026-11-18T06:00:00.000Z`. */
  readonly iso: string
  /** `18 Nov` */
  readonly short: string
  /** `18 Nov 2026` */
  readonly dated: string
  /** `Wednesday 18 November 2026` */
  readonly long: string
  /** `18 November 2026, 06:00 UTC` */
  readonly full: string
}

export function moment(date: Date): Moment {
  const day = date.getUTCDate()
  const month = MONTHS[date.getUTCMonth()] ?? ''
  const year = date.getUTCFullYear()
  const iso = date.toISOString()

  return {
    iso,
    short: `${day} ${month.slice(0, 3)}`,
    dated: `${day} ${month.slice(0, 3)} ${year}`,
    long: `${DAYS[date.getUTCDay()] ?? ''} ${day} ${month} ${year}`,
    full: `${day} ${month} ${year}, ${iso.slice(11, 16)} UTC`,
  }
}
