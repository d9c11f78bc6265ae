import { words } from '../words.ts'
import { Marks } from './marks.ts'
import { rememberedPlace } from './memory.ts'
import { Player } from './player.ts'
import { sound } from './sound.ts'
import { momentCode, startIn } from './time-code.ts'
import { type Track } from './track.ts'
import { trackOf } from './track-of.ts'

/** Said to the document whenever the player of its page moves: for what goes along with it. */
export type PlayerPlace = CustomEvent<{
  readonly episode: string
  readonly seconds: number
  /** Nothing was heard yet, and nobody chose where to begin. */
  readonly begun: boolean
  readonly playing: boolean
}>

/** Whoever goes back to a page that was opened at a moment does not want to hear that moment again. */
let isBack = false
document.addEventListener('turbo:visit', (event) => {
  isBack = (event as CustomEvent<{ readonly action: string }>).detail.action === 'restore'
})

/** The player of an episode's page: its chapters seek, and light up when they are reached. */
export class ShowPlayer extends Player {
  override track: Track | undefined
  #chapters = new Marks([])

  override connectedCallback(): void {
    this.#read()
    if (!this.track) return

    const asked = startIn(location)
    this.start = asked ?? rememberedPlace(this.track.episode)
    super.connectedCallback()
    if (asked !== undefined && this.sounding && !isBack) sound.seek(asked)
    this.#watch()
  }

  protected override titleAt(place: number): string {
    return this.#chapters.at(place)?.querySelector('.what')?.textContent ?? ''
  }

  protected override draw(): void {
    super.draw()
    const begun = this.sounding || this.start > 0
    const place = begun ? this.place : undefined
    this.#chapters.light(place)

    const failed = this.sounding && sound.failed
    const title = begun ? this.titleAt(this.place) : ''
    this.write('.chapter', failed ? words.player.unplayable : title)
    this.#tell(begun)
  }

  #tell(begun: boolean): void {
    const detail: PlayerPlace['detail'] = {
      episode: this.track?.episode ?? '',
      seconds: this.place,
      begun,
      playing: this.sounding && sound.playing,
    }
    document.dispatchEvent(new CustomEvent('player:place', { detail }))
    this.#writeLink()
  }

  /** The address of this moment, for who shares it. */
  #writeLink(): void {
    const [whole, now] = [
      this.querySelector<HTMLInputElement>('#share-link'),
      this.querySelector<HTMLInputElement>('#share-now'),
    ]
    if (!whole || !now || !this.querySelector('.share[open]')) return
    const link = this.place < 1 ? whole.value : `${whole.value}?t=${momentCode(this.place)}`
    if (now.value !== link) now.value = link
  }

  #read(): void {
    const audio = this.querySelector('audio')
    this.track = audio ? trackOf(this, audio.src) : undefined
    this.#chapters = new Marks(document.querySelectorAll<HTMLElement>('.chapters > [data-at]'))
  }

  #readAnew(): void {
    this.#chapters.light(undefined)
    this.#read()
    this.draw()
  }

  #watch(): void {
    const signal = this.stay
    document.addEventListener('live-page:morphed', () => this.#readAnew(), { signal })
    document.addEventListener('click', (event) => this.#followed(event), { signal })
    addEventListener('hashchange', () => this.#jump(startIn(location)), { signal })

    this.querySelector('.share')?.addEventListener('toggle', () => this.draw(), { signal })

    // Out of sight, the deck at the foot of the page takes over.
    const sight = new IntersectionObserver(([entry]) => {
      this.toggleAttribute('data-in-sight', entry?.isIntersecting ?? false)
      sound.dispatchEvent(new Event('change'))
    })
    sight.observe(this)
    signal.addEventListener('abort', () => sight.disconnect())
  }

  #followed(event: MouseEvent): void {
    const link =
      event.target instanceof Element
        ? event.target.closest<HTMLAnchorElement>('a[href^="#t="]')
        : null
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return

    event.preventDefault()
    history.replaceState(history.state, '', link.hash)
    this.#jump(startIn(link))
  }

  #jump(seconds: number | undefined): void {
    if (seconds !== undefined && this.track) sound.play(this.track, seconds)
  }
}
