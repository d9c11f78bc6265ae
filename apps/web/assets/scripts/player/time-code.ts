/** `4332` as `1:12:12`. */
export function figures(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]
  const rest = String(whole % 60).padStart(2, '0')

  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}

/** `1:12:12` for somebody who hears it: `1 hour 12 minutes 12 seconds`. */
export function spoken(seconds: number, language: string): string {
  const whole = Math.max(0, Math.floor(seconds))
  const parts = [
    [Math.floor(whole / 3600), 'hour'],
    [Math.floor(whole / 60) % 60, 'minute'],
    [whole % 60, 'second'],
  ] as const
  const said = parts.filter(([count]) => count > 0)

  return (said.length > 0 ? said : parts.slice(-1))
    .map(([count, unit]) =>
      new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count),
    )
    .join(' ')
}

/** A moment as part of an address, that no messenger takes apart: `1h2m3s`, `75s`. */
export function momentCode(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]

  return `${hours > 0 ? `${hours}h` : ''}${minutes > 0 ? `${minutes}m` : ''}${whole % 60}s`
}

/** The seconds in `#t=1:12:12`, `?t=75` or `#t=1h2m`; undefined where there are none. */
export function startIn(address: {
  readonly hash: string
  readonly search: string
}): number | undefined {
  const given =
    new URLSearchParams(address.hash.slice(1)).get('t') ??
    new URLSearchParams(address.search).get('t')
  const seconds = given === null ? undefined : secondsOf(given)

  return seconds !== undefined && Number.isFinite(seconds) ? seconds : undefined
}

function secondsOf(code: string): number | undefined {
  if (/^\d+(:\d{1,2}){0,2}(\.\d+)?$/.test(code)) {
    return code.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  }
  const [, hours, minutes, seconds] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/i.exec(code) ?? []
  if (!hours && !minutes && !seconds) return undefined

  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)
}
