/** Finds anything from anywhere: opened by Ctrl or Cmd with K, by a slash, or by the link in the bar, which leads to a page without it. */
export class SearchPalette extends HTMLElement {
  readonly #ended = new AbortController()

  connectedCallback(): void {
    const { signal } = this.#ended
    document.addEventListener('keydown', (event) => this.#openByKey(event), { signal })
    document.addEventListener('click', (event) => this.#openByLink(event), { signal })
  }

  disconnectedCallback(): void {
    this.#ended.abort()
  }

  #openByKey(event: KeyboardEvent): void {
    const isShortcut = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k'
    const isSlash = event.key === '/' && !isTyping(event.target)
    if (!isShortcut && !isSlash) return

    event.preventDefault()
    this.#open()
  }

  #openByLink(event: MouseEvent): void {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0
    if (!isPlain || !(event.target instanceof Element) || !event.target.closest('[data-palette]')) {
      return
    }
    event.preventDefault()
    this.#open()
  }

  #open(): void {
    const dialog = this.querySelector('dialog')
    if (!dialog?.open) dialog?.showModal()
    this.querySelector('input')?.select()
  }
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select'))
  )
}
