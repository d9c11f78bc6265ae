/** How long somebody has to wait, rounded up: `a minute`, `12 minutes`. */
export function waitingTime(seconds: number): string {
  if (seconds <= 60) return 'a minute'
  const minutes = Math.ceil(seconds / 60)
  return minutes < 60 ? `${minutes} minutes` : 'an hour'
}
