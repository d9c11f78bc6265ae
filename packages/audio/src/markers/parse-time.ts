const CLOCK = /^(?:(\d{1,3}):)?(\d{1,4}):(\d{2})(?:[.,](\d{1,6}))?$/
const SECONDS = /^\d{1,7}(?:[.,]\d+)?$/

/** `1:02:03.045`, `62:03` or `0:12,5` in milliseconds; null where it is no time. */
export function parseClock(text: string): number | null {
  const [, hours, minutes, seconds, fraction = '0'] = CLOCK.exec(text.trim()) ?? []
  if (minutes === undefined || Number(seconds) > 59) return null
  if (hours !== undefined && Number(minutes) > 59) return null
  const whole = (Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(seconds)
  return whole * 1000 + Math.round(Number(`0.${fraction}`) * 1000)
}

/** A clock, or seconds as a number (`62.5`, `62,5`). */
export function parseTime(text: string): number | null {
  const number = text.trim()
  if (SECONDS.test(number)) return Math.round(Number(number.replace(',', '.')) * 1000)
  return parseClock(number)
}
