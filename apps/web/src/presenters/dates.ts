import { type Words } from '../words/index.ts'

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
  /** `Wednesday 18 November 2026, 06:00 UTC` */
  readonly begins: string
}

export function moment(date: Date, { dates }: Words): Moment {
  const iso = date.toISOString()
  const year = date.getUTCFullYear()
  const dayOf = (months: readonly string[]) =>
    dates.day(date.getUTCDate(), months[date.getUTCMonth()] ?? '')
  const short = dayOf(dates.shortMonths)
  const whole = `${dayOf(dates.months)} ${year}`

  const time = iso.slice(11, 16)
  const long = dates.long(dates.days[date.getUTCDay()] ?? '', whole)

  return {
    iso,
    short,
    dated: `${short} ${year}`,
    long,
    full: dates.full(whole, time),
    begins: dates.full(long, time),
  }
}
