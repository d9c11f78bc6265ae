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

export function showInMiddle(place: Element | Range): void {
  const { top, height } = place.getBoundingClientRect()
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
  scrollBy({
    top: top + height / 2 - innerHeight * 0.4,
    behavior: isCalm ? 'instant' : 'smooth',
  })
}
