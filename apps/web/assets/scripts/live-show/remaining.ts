import { type Words } from '../../../src/words/index.ts'

const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000]

/** How long it is until then: `2 days 3 hours`, `1:04:05`; nothing when it is past. */
export function remaining(ms: number, said: Words['liveScript']): string {
  if (ms <= 0) return ''
  if (ms >= DAY) return long(ms, said)
  const hours = Math.floor(ms / HOUR)
  const [minutes, seconds] = [Math.floor(ms / MINUTE) % 60, Math.floor(ms / SECOND) % 60]
  const rest = `${pad(minutes)}:${pad(seconds)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}

function long(ms: number, said: Words['liveScript']): string {
  const [days, hours] = [Math.floor(ms / DAY), Math.floor(ms / HOUR) % 24]
  return hours === 0 ? said.days(days) : `${said.days(days)} ${said.hours(hours)}`
}

const pad = (value: number): string => String(value).padStart(2, '0')
