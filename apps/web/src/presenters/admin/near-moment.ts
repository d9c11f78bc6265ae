import { localIn } from '@showrunner/domain/zones'
import { localMoment, type LocalWords } from './local-moment.ts'

/** A moment that is not far: the day as it is called today, and the time by the clock of somebody's zone. */
export interface NearMoment extends LocalWords {
  /** `Today`, `Tomorrow`, `Fri 20 Nov` */
  readonly day: string
  /** The same in the middle of a sentence: `today`. */
  readonly dayWithin: string
  /** `09:00 CET` */
  readonly time: string
}

const DAY_MS = 24 * 60 * 60_000
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const NEAR: { readonly [days: number]: string } = { [-1]: 'Yesterday', 0: 'Today', 1: 'Tomorrow' }

export function nearMoment(date: Date, zone: string, asOf: Date): NearMoment {
  const local = localMoment(date, zone)
  const [dated = '', time = ''] = local.words.split(', ')
  const [day, today] = [dayIn(date, zone), dayIn(asOf, zone)]
  const near = NEAR[Math.round((+day - +today) / DAY_MS)]
  const isThisYear = day.getUTCFullYear() === today.getUTCFullYear()
  const far = `${DAYS[day.getUTCDay()] ?? ''} ${isThisYear ? dated.slice(0, -5) : dated}`
  return { ...local, day: near ?? far, dayWithin: near?.toLowerCase() ?? far, time }
}

function dayIn(date: Date, zone: string): Date {
  return new Date(`${localIn(date, zone).wallClock.slice(0, 10)}T00:00:00Z`)
}
