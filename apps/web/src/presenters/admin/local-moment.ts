import { localIn } from '@showrunner/domain/zones'

/** A moment by the clock of somebody's zone. */
export interface LocalWords {
  readonly iso: string
  /** `21 Nov 2026, 09:00 CET` */
  readonly words: string
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export function localMoment(date: Date, zone: string): LocalWords {
  const { wallClock, zoneName } = localIn(date, zone)
  const [day = '', time = ''] = wallClock.split('T')
  const [year = '', month = '', date_ = ''] = day.split('-')
  return {
    iso: date.toISOString(),
    words: `${Number(date_)} ${MONTHS[Number(month) - 1] ?? ''} ${year}, ${time} ${zoneName}`,
  }
}
