import { sound } from '../player/sound.ts'
import { holdThroughMorphs } from './held.ts'

/** The stream of a show. What a browser cannot play is led to instead; two things never sound at once. */
export class LiveStream extends HTMLElement {
  #stay: AbortController | undefined

  connectedCallback(): void {
    this.#stay = new AbortController()
    const { signal } = this.#stay
    const address = addressIn(this)
    holdThroughMorphs(this, (now) => addressIn(now) === address, signal)
    const media = this.querySelector<HTMLMediaElement>('audio, video')
    const type = this.querySelector('source')?.type
    if (!media || !type) return
    media.hidden = media.canPlayType(type) === ''
    media.addEventListener('play', () => sound.pause(), { signal })
    sound.addEventListener('change', () => sound.playing && media.pause(), { signal })
  }

  disconnectedCallback(): void {
    this.#stay?.abort()
    this.querySelector<HTMLMediaElement>('audio, video')?.pause()
  }
}

const addressIn = (element: Element): string | null | undefined =>
  element.querySelector('source')?.getAttribute('src')
