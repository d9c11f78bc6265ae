/** `01:02:03.045`, as captions and simple chapters write a time; `separator` stands before the milliseconds. */
export function clock(ms: number, separator = '.'): string {
  const whole = Math.max(0, Math.round(ms))
  const [hours, minutes, seconds] = [whole / 3_600_000, (whole / 60_000) % 60, (whole / 1000) % 60]
  return `${two(hours)}:${two(minutes)}:${two(seconds)}${separator}${String(whole % 1000).padStart(3, '0')}`
}

function two(number: number): string {
  return String(Math.floor(number)).padStart(2, '0')
}
