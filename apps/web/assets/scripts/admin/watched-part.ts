const EVERY_MS = 1500

/** A part of a page that changes by itself: it is fetched again until it says that it does no more. */
export class WatchedPart extends HTMLElement {
  #timer: ReturnType<typeof setTimeout> | undefined

  connectedCallback(): void {
    this.#watch()
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer)
  }

  #watch(): void {
    const address = this.dataset['live']
    this.querySelector<HTMLElement>('[data-refresh]')?.toggleAttribute('hidden', true)
    if (address === undefined) return
    this.#timer = setTimeout(() => void this.#look(address), EVERY_MS)
  }

  async #look(address: string): Promise<void> {
    const now = await fetched(address, this.id)
    if (now) {
      const focused = actionInFocus(this)
      this.innerHTML = now.innerHTML
      if (focused !== undefined)
        this.querySelector<HTMLElement>(`form[action="${focused}"] button`)?.focus()
      const live = now.dataset['live']
      if (live === undefined) delete this.dataset['live']
    }
    if (this.isConnected) this.#watch()
  }
}

/** The button that somebody is about to press keeps the focus. */
function actionInFocus(part: HTMLElement): string | undefined {
  const { activeElement } = document
  if (activeElement === null || !part.contains(activeElement)) return undefined
  return activeElement.closest('form')?.getAttribute('action') ?? undefined
}

/** The part as the server has it now; nothing where it cannot be had at the moment. */
async function fetched(address: string, id: string): Promise<HTMLElement | null> {
  try {
    const response = await fetch(address, { headers: { accept: 'text/html' } })
    if (!response.ok) return null
    return new DOMParser().parseFromString(await response.text(), 'text/html').getElementById(id)
  } catch {
    return null
  }
}
