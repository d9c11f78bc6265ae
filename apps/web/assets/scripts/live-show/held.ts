/**
 * What a script made of an element stays while the page around it is morphed, for as long as the page says the same of it.
 * When the page has it no longer, it goes.
 */
export function holdThroughMorphs(
  element: HTMLElement,
  isSame: (now: HTMLElement) => boolean,
  signal: AbortSignal,
): void {
  const hold = (event: Event) => {
    const { newElement } = (event as CustomEvent<{ readonly newElement?: unknown }>).detail
    const isThere = newElement instanceof HTMLElement
    if (event.target === element && isThere && isSame(newElement)) event.preventDefault()
  }
  element.addEventListener('turbo:before-morph-element', hold, { signal })
}
