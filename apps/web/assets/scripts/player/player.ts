import { words } from '../words.ts'
import { type Action, type OwnAction } from './keys.ts'
import { sound } from './sound.ts'
import { figures, spoken } from './time-code.ts'
import { type Track } from './track.ts'

const BACK = 15
const FORWARD = 30
/** By the arrow keys, either way. */
const STEP = 15
const LOUDER = 0.1

/** A button or a key asked for what a player does not do itself. */
export const ASKED = 'player:asked'
export type Asked = CustomEvent<{ readonly action: Action }>

/**
 * What the players have in common: buttons named by `data-do`, a line to seek on, a clock. A player steers the sound
 * and draws it; it makes none itself, so that there may be several in a page.
 */
export abstract class Player extends HTMLElement {
  /** Where the track will begin, as long as another one is sounding or none. */
  protected start = 0
  #gone = new AbortController()

  abstract readonly track: Track | undefined

  readonly #own: Readonly<Record<OwnAction, () => void>> = {
    toggle: () => this.track && sound.toggle(this.track, this.start),
    back: () => this.seek(this.place - BACK),
    forward: () => this.seek(this.place + FORWARD),
    'step-back': () => this.seek(this.place - STEP),
    'step-forward': () => this.seek(this.place + STEP),
    louder: () => (sound.volume += LOUDER),
    quieter: () => (sound.volume -= LOUDER),
    mute: () => (sound.muted = !sound.muted),
    slower: () => sound.slower(),
    faster: () => sound.faster(),
  }

  connectedCallback(): void {
    this.#gone = new AbortController()
    const { signal } = this.#gone

    sound.addEventListener('change', () => this.draw(), { signal })
    this.addEventListener('click', (event) => this.#clicked(event), { signal })
    this.addEventListener('input', (event) => this.#set(event), { signal })
    this.addEventListener('pointermove', (event) => this.#pointed(event), { signal })
    this.draw()
  }

  disconnectedCallback(): void {
    this.#gone.abort()
  }

  /** Ends with the player's stay in the page. */
  protected get stay(): AbortSignal {
    return this.#gone.signal
  }

  get sounding(): boolean {
    return this.track !== undefined && sound.has(this.track)
  }

  get place(): number {
    return this.sounding ? sound.place : this.start
  }

  get seconds(): number {
    return this.sounding ? sound.seconds : (this.track?.seconds ?? 0)
  }

  do(action: Action): void {
    const own = (this.#own as Partial<Record<Action, () => void>>)[action]

    if (own) own()
    else this.dispatchEvent(new CustomEvent(ASKED, { bubbles: true, detail: { action } }))
  }

  seek(seconds: number): void {
    if (this.sounding) return sound.seek(seconds)

    this.start = Math.min(Math.max(0, seconds), this.track?.seconds || Math.max(0, seconds))
    this.draw()
  }

  /** What it is called that is heard at a place: a chapter, or nothing. */
  protected abstract titleAt(place: number): string

  protected draw(): void {
    const { place, seconds } = this

    this.#drawPlay(this.sounding && sound.playing)
    this.#drawLine(place, seconds)
    this.#drawSettings()
    this.write('.elapsed', figures(place))
    this.write('.total', seconds > 0 ? figures(seconds) : '')
  }

  protected write(selector: string, text: string): void {
    const element = this.querySelector(selector)
    if (element && element.textContent !== text) element.textContent = text
  }

  #clicked({ target }: Event): void {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-do]') : null

    if (button) this.do(button.dataset['do'] as Action)
  }

  #set({ target }: Event): void {
    if (target instanceof HTMLSelectElement) sound.speed = Number(target.value)
    else if (!(target instanceof HTMLInputElement)) return
    else if (target.closest('.staff')) this.seek(target.valueAsNumber)
    else if (target.closest('.volume')) sound.volume = target.valueAsNumber / 100
  }

  /** Says beside the pointer what is there. */
  #pointed({ target, clientX }: PointerEvent): void {
    const staff = target instanceof Element ? target.closest<HTMLElement>('.staff') : null
    if (!staff) return

    const { left, width } = staff.getBoundingClientRect()
    const share = Math.min(1, Math.max(0, (clientX - left) / width))
    const place = share * this.seconds
    staff.style.setProperty('--pointed', (share * 100).toFixed(1))
    this.write('.staff .there', `${figures(place)} ${this.titleAt(place)}`.trim())
  }

  #drawPlay(playing: boolean): void {
    const button = this.querySelector('[data-do=toggle]')
    button?.toggleAttribute('data-playing', playing)
    button?.setAttribute('aria-label', playing ? words.player.pause : words.player.play)
  }

  #drawLine(place: number, seconds: number): void {
    const [staff, range] = [
      this.querySelector<HTMLElement>('.staff'),
      this.querySelector<HTMLInputElement>('.staff input'),
    ]
    if (!staff || !range) return

    const language = document.documentElement.lang || 'en'
    const played = seconds > 0 ? Math.min(100, (place / seconds) * 100) : 0
    staff.style.setProperty('--played', played.toFixed(2))
    range.max = String(Math.max(1, Math.floor(seconds)))
    range.value = String(Math.floor(place))
    const said = words.player.place(spoken(place, language), spoken(seconds, language))
    range.setAttribute('aria-valuetext', [said, this.titleAt(place)].filter(Boolean).join(', '))
  }

  #drawSettings(): void {
    const [speed, volume, mute] = [
      this.querySelector<HTMLSelectElement>('.speed select'),
      this.querySelector<HTMLInputElement>('.volume input'),
      this.querySelector('[data-do=mute]'),
    ]
    if (speed) speed.value = String(sound.speed)
    if (volume) volume.value = String(Math.round((sound.muted ? 0 : sound.volume) * 100))
    mute?.setAttribute('aria-pressed', String(sound.muted))
  }
}
