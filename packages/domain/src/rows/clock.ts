const CLOCK = /^(?:(?:(\d{1,3}):)?([0-5]?\d):)?(\d{1,6})(?:[.,](\d{1,3}))?$/

/** `1:02:03.5`, `2:03` or `123` in milliseconds; null for what is no time. */
export function msOf(text: string): number | null {
  const [, hours = '0', minutes, seconds = '0', rest = ''] = CLOCK.exec(text.trim()) ?? []
  if (!CLOCK.test(text.trim())) return null
  if (minutes !== undefined && Number(seconds) > 59) return null

  const whole = (Number(hours) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds)
  return whole * 1000 + Number(rest.padEnd(3, '0'))
}

/** Milliseconds as somebody would type them: `1:02:03.5`, `2:03`. */
export function clockOf(ms: number | null): string {
  if (ms === null) return ''
  const [hours, minutes, seconds] = [
    Math.floor(ms / 3_600_000),
    Math.floor(ms / 60_000) % 60,
    Math.floor(ms / 1000) % 60,
  ]
  const rest = ms % 1000 === 0 ? '' : `.${String(ms % 1000).padStart(3, '0')}`.replace(/0+$/, '')
  const short = `${String(seconds).padStart(2, '0')}${rest}`
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${short}` : `${minutes}:${short}`
}
