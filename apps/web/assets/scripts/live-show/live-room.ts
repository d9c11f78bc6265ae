import { holdThroughMorphs } from './held.ts'

/** Who is here, reactions and the chat of a show: what that takes is fetched where there is one. */
export class LiveRoom extends HTMLElement {
  #stay: AbortController | undefined

  connectedCallback(): void {
    this.#stay = new AbortController()
    const { signal } = this.#stay
    holdThroughMorphs(this, ({ id }) => id === this.id, signal)
    void this.#enter(signal)
  }

  disconnectedCallback(): void {
    this.#stay?.abort()
  }

  async #enter(signal: AbortSignal): Promise<void> {
    const { Room } = await import('./room.ts')
    if (!signal.aborted) new Room(this, signal).enter(signal)
  }
}
