/** The arrow beside a cue plays the recording from there, on this page instead of another. */
export class HeardCues extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener('click', this.#hear)
  }

  disconnectedCallback(): void {
    this.removeEventListener('click', this.#hear)
  }

  readonly #hear = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>('.hear') : null
    const audio = this.querySelector('audio')
    const seconds = Number(link?.dataset['seconds'])
    if (!audio || !link || !Number.isFinite(seconds)) return

    event.preventDefault()
    audio.currentTime = seconds
    // Where it cannot be played the element itself says so.
    audio.play().catch(() => undefined)
  }
}
