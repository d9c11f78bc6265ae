import { type Words } from '../words/index.ts'

/** How long somebody has to wait, rounded up: `a minute`, `12 minutes`. */
export function waitingTime(seconds: number, { dates }: Words): string {
  if (seconds <= 60) return dates.aMinute
  const minutes = Math.ceil(seconds / 60)
  return minutes < 60 ? dates.minutes(minutes) : dates.anHour
}
