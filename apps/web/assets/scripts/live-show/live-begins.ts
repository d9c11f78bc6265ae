import { dateLanguage } from '../date-language.ts'
import { holdThroughMorphs } from './held.ts'
import { remaining } from './remaining.ts'
import { words } from './words.ts'

const TICK_MS = 1000
const FORMAT = {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
} as const

/** When a show begins, by the reader's clock, and how long that still is. */
export class LiveBegins extends HTMLElement {
  #stay: AbortController | undefined

  connectedCallback(): void {
    this.#stay = new AbortController()
    const { signal } = this.#stay
    holdThroughMorphs(this, (now) => now.dataset['at'] === this.dataset['at'], signal)
    const at = new Date(this.dataset['at'] ?? '')
    const time = this.querySelector('time')
    if (!time || Number.isNaN(at.getTime())) return
    time.title ||= time.textContent
    time.textContent = new Intl.DateTimeFormat(dateLanguage(), FORMAT).format(at)
    this.#count(at, signal)
  }

  disconnectedCallback(): void {
    this.#stay?.abort()
  }

  #count(at: Date, signal: AbortSignal): void {
    const count = this.querySelector<HTMLElement>('.count')
    if (!count) return
    const draw = () => {
      const left = remaining(at.getTime() - Date.now(), words) || words.soon
      if (count.textContent !== left) count.textContent = left
    }
    count.hidden = false
    draw()
    const ticking = setInterval(draw, TICK_MS)
    signal.addEventListener('abort', () => clearInterval(ticking))
  }
}
