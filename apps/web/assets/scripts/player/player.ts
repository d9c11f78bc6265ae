import { sound } from './sound.ts'
import { figures, spoken } from './time-code.ts'
import { type Track } from './track.ts'

export const BACK = 15
export const FORWARD = 30

/** By the arrow keys, either way. */
const STEP = 15

/**
 * What the players have in common: buttons named by `data-do`, a line to seek on, a clock. A player steers the sound
 * and draws it; it makes none itself, so that there may be several in a page.
 */
export abstract class Player extends HTMLElement {
  /** Where the track will begin, as long as another one is sounding or none. */
  protected start = 0
  #gone = new AbortController()

  protected abstract readonly track: Track | undefined

  connectedCallback(): void {
    this.#gone = new AbortController()
    const { signal } = this.#gone

    sound.addEventListener('change', () => this.draw(), { signal })
    this.addEventListener('click', (event) => this.#clicked(event), { signal })
    this.addEventListener('input', (event) => this.#dragged(event), { signal })
    this.addEventListener('keydown', (event) => this.#pressed(event), { signal })
    this.draw()
  }

  disconnectedCallback(): void {
    this.#gone.abort()
  }

  /** Ends with the player's stay in the page. */
  protected get stay(): AbortSignal {
    return this.#gone.signal
  }

  protected get sounding(): boolean {
    return this.track !== undefined && sound.has(this.track)
  }

  protected get place(): number {
    return this.sounding ? sound.place : this.start
  }

  protected draw(): void {
    const seconds = this.sounding ? sound.seconds : (this.track?.seconds ?? 0)

    this.#drawPlay(this.sounding && sound.playing)
    this.#drawLine(this.place, seconds)
    this.write('.elapsed', figures(this.place))
    this.write('.total', seconds > 0 ? figures(seconds) : '')
    this.write('.speed', `${sound.speed}×`)
  }

  protected write(selector: string, text: string): void {
    const element = this.querySelector(selector)
    if (element && element.textContent !== text) element.textContent = text
  }

  protected seek(seconds: number): void {
    if (this.sounding) return sound.seek(seconds)

    this.start = Math.min(Math.max(0, seconds), this.track?.seconds || seconds)
    this.draw()
  }

  #toggle(): void {
    if (this.track) sound.toggle(this.track, this.start)
  }

  #clicked({ target }: Event): void {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-do]') : null

    if (button?.dataset['do'] === 'toggle') this.#toggle()
    if (button?.dataset['do'] === 'back') this.seek(this.place - BACK)
    if (button?.dataset['do'] === 'forward') this.seek(this.place + FORWARD)
    if (button?.dataset['do'] === 'speed') sound.nextSpeed()
  }

  #dragged({ target }: Event): void {
    if (target instanceof HTMLInputElement) this.seek(target.valueAsNumber)
  }

  // Keys work while the player has the focus and nowhere else: whoever reads with a screen reader keeps theirs.
  #pressed(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return

    const { key, target } = event
    const onControl = target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement

    if (key === 'k' || (key === ' ' && !onControl)) this.#toggle()
    else if (key === 'ArrowLeft' || key === 'ArrowRight')
      this.seek(this.place + (key === 'ArrowLeft' ? -STEP : STEP))
    else if (key === 'j') this.seek(this.place - BACK)
    else if (key === 'l') this.seek(this.place + FORWARD)
    else return

    event.preventDefault()
  }

  #drawPlay(playing: boolean): void {
    const button = this.querySelector('[data-do=toggle]')
    button?.toggleAttribute('data-playing', playing)
    button?.setAttribute('aria-label', playing ? 'Pause' : 'Play')
  }

  #drawLine(place: number, seconds: number): void {
    const [staff, range] = [
      this.querySelector<HTMLElement>('.staff'),
      this.querySelector<HTMLInputElement>('.staff input'),
    ]
    if (!staff || !range) return

    const played = seconds > 0 ? Math.min(100, (place / seconds) * 100) : 0
    staff.style.setProperty('--played', played.toFixed(2))
    range.max = String(Math.max(1, Math.floor(seconds)))
    range.value = String(Math.floor(place))
    range.setAttribute('aria-valuetext', `${spoken(place)} of ${spoken(seconds)}`)
  }
}
