/** One button that goes to the turn somebody points at, and takes its address along. */
export class CopyLine {
  readonly #reader: HTMLElement
  readonly #button: HTMLButtonElement | null

  constructor(reader: HTMLElement, signal: AbortSignal) {
    this.#reader = reader
    this.#button = reader.querySelector('[data-do=copy]')
    if (!this.#button || !('clipboard' in navigator)) return

    for (const type of ['pointerover', 'focusin', 'click']) {
      reader.addEventListener(type, ({ target }) => this.#goTo(target), { signal })
    }
    this.#button.addEventListener('click', () => void this.#copy(), { signal })
  }

  #goTo(target: EventTarget | null): void {
    const turn = target instanceof Element ? target.closest('.turn-of-speech') : null
    const time = turn?.querySelector('.at')
    if (!time || !this.#button || time.nextElementSibling === this.#button) return
    time.after(this.#button)
    this.#button.hidden = false
  }

  async #copy(): Promise<void> {
    const time = this.#button?.previousElementSibling
    if (!(time instanceof HTMLAnchorElement)) return
    const address = new URL(this.#reader.dataset['whole'] ?? '', location.href)
    address.hash = time.hash
    await navigator.clipboard.writeText(address.href)

    const output = this.#reader.querySelector('output')
    if (output) output.value = this.#button?.dataset['copied'] ?? ''
    this.#button?.toggleAttribute('data-done', true)
    setTimeout(() => this.#button?.removeAttribute('data-done'), 2000)
  }
}
