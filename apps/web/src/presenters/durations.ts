const HOUR = 3600
const MINUTE = 60

/** A running time or a place in one. */
export interface TimeCode {
  /** For machines: `PT1H12M30S`. */
  readonly iso: string
  /** `1:12:30`, `2:05`, as a listener types it after `#t=`. */
  readonly figures: string
  readonly seconds: number
}

export function timeCode(seconds: number): TimeCode {
  const whole = Math.max(0, Math.floor(seconds))

  return { iso: isoDuration(whole), figures: figures(whole), seconds: whole }
}

function figures(seconds: number): string {
  const hours = Math.floor(seconds / HOUR)
  const minutes = Math.floor((seconds % HOUR) / MINUTE)
  const rest = pad(seconds % MINUTE)

  return hours > 0 ? `${hours}:${pad(minutes)}:${rest}` : `${minutes}:${rest}`
}

function isoDuration(seconds: number): string {
  const hours = Math.floor(seconds / HOUR)
  const minutes = Math.floor((seconds % HOUR) / MINUTE)

  return `PT${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}${seconds % MINUTE}S`
}

function pad(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}
