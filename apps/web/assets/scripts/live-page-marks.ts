const MOST = 24
const CALM_MS = 2400
/** Drawn by scripts all the time, or no words. */
const NOT_MARKED = 'show-player, show-deck, [data-listen], time[data-as], svg, [aria-hidden=true]'

/** Watches what is changed until the answer is called, which lets it shine for a moment. */
export function showWhatChanged(): () => void {
  const observer = new MutationObserver(() => undefined)
  observer.observe(document.body, { childList: true, characterData: true, subtree: true })

  return () => {
    const records = observer.takeRecords()
    observer.disconnect()
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
    const changed = new Set(records.flatMap(elementsOf))
    const outermost = [...changed].filter((one) => !isWithin(one.parentElement, changed))
    for (const element of outermost.slice(0, MOST)) shine(element)
  }
}

function elementsOf({ type, target, addedNodes }: MutationRecord): HTMLElement[] {
  const nodes = type === 'childList' ? [...addedNodes] : [target]
  return nodes.flatMap((node) => {
    const element = node instanceof HTMLElement ? node : node.parentElement
    const hasWords = element?.isConnected && (node.textContent ?? '').trim() !== ''
    return element && hasWords && !element.closest(NOT_MARKED) ? [element] : []
  })
}

function isWithin(element: Element | null, set: ReadonlySet<Element>): boolean {
  for (let one = element; one; one = one.parentElement) if (set.has(one)) return true
  return false
}

/** New ink, that dries. */
function shine(element: HTMLElement): void {
  const accent = getComputedStyle(element).getPropertyValue('--accent')
  element.animate([{ color: accent, offset: 0.25 }, {}], { duration: CALM_MS, easing: 'ease-out' })
}
