import { localIn } from '@showrunner/domain/zones'
import { moment } from '../dates.ts'

/** A moment as it is shown to somebody who works in a zone. */
export interface ZonedMoment {
  readonly iso: string
  /** `20 November 2026, 19:00 CET (18:00 UTC)` */
  readonly words: string
}

export function zonedMoment(date: Date, zone: string): ZonedMoment {
  const { full, iso } = moment(date)
  const { wallClock, zoneName } = localIn(date, zone)
  if (zone === 'UTC') return { iso, words: full }

  // A date that holds the local time says its day and its time, whatever zone it is in itself.
  const local = moment(new Date(`${wallClock}Z`)).full.replace(' UTC', ` ${zoneName}`)
  const [localDay] = local.split(', ')
  const [day, time] = full.split(', ')
  return { iso, words: `${local} (${day === localDay ? time : full})` }
}
