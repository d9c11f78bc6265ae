/** `1:02:03.5`, with or without hours, as milliseconds; null for what is no time. */
export function parseTime(text: string): number | null {
  const match = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,3}))?$/.exec(text.trim())
  if (!match) return /^\d{1,6}(?:[.,]\d{1,3})?$/.test(text.trim()) ? seconds(text) : null
  const [, hours = '0', minutes = '0', rest = '0', fraction = ''] = match
  if (Number(rest) > 59 || (match[1] !== undefined && Number(minutes) > 59)) return null
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(rest)
  return whole * 1000 + Number(fraction.padEnd(3, '0'))
}

/** As `parseTime`, with a sign before it where it goes back: `-0:01.5`. */
export function parseOffset(text: string): number | null {
  const [, sign = '', rest = ''] = /^\s*([+−–-]?)\s*(.*)$/.exec(text) ?? []
  const ms = parseTime(rest)
  return ms === null ? null : sign === '' || sign === '+' ? ms : -ms
}

/** `1:02:03.500`, hours only where there are any: what `parseTime` reads back. */
export function formatTime(ms: number): string {
  const two = (number: number) => String(Math.floor(number)).padStart(2, '0')
  const [hours, minutes] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60]
  const head = hours > 0 ? `${hours}:${two(minutes)}` : String(minutes)
  const fraction = ms % 1000
  const tail = fraction === 0 ? '' : `.${String(fraction).padStart(3, '0')}`
  return `${head}:${two((ms / 1000) % 60)}${tail}`
}

function seconds(text: string): number {
  return Math.round(Number(text.trim().replace(',', '.')) * 1000)
}
