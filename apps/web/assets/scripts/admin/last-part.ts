/** `tides` of `https://radio.example/local-time/tides/?a=b#t=1`; nothing of what is no address. */
export function lastPart(text: string): string | undefined {
  const trimmed = text.trim()
  if (!trimmed.includes('/') || /\s/.test(trimmed)) return undefined
  const path = trimmed.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/s, '')
  return path.split('/').findLast((part) => part !== '')
}
