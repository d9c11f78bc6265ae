const SCROLLING_KEYS = new Set(['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', ' '])

/** Whether the reader moves the page themselves. */
export function scrolls(event: Event): boolean {
  if (!(event instanceof KeyboardEvent)) return true
  const isTyping =
    event.target instanceof Element && event.target.matches('input, textarea, select')
  const isPressing = event.key === ' ' && event.target !== document.body
  return SCROLLING_KEYS.has(event.key) && !isTyping && !isPressing
}

/** Whether it stands where one reads: neither at the very top nor at the foot. */
export function isInSight(place: Element): boolean {
  const { top, bottom } = place.getBoundingClientRect()
  return top > innerHeight * 0.18 && bottom < innerHeight * 0.66
}

/** Further than so many screens nobody is led through. */
const FAR = 3

/** What was out of sight is as high as it was guessed to be: how far it is, is known better there. */
const TRIES = 4

export function showInMiddle(place: Element | Range, tries = TRIES): void {
  const { top, height } = place.getBoundingClientRect()
  const left = top + height / 2 - innerHeight * 0.4
  const isFar = Math.abs(left) > innerHeight * FAR
  const isCalm = isFar || matchMedia('(prefers-reduced-motion: reduce)').matches
  if (Math.abs(left) < 1) return
  scrollBy({ top: left, behavior: isCalm ? 'instant' : 'smooth' })
  if (isCalm && tries > 1) requestAnimationFrame(() => showInMiddle(place, tries - 1))
}
