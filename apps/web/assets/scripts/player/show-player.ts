import { Marks } from './marks.ts'
import { rememberedPlace } from './memory.ts'
import { Player } from './player.ts'
import { sound } from './sound.ts'
import { startIn } from './time-code.ts'
import { type Track, trackOf } from './track.ts'

const UNPLAYABLE = 'This sound cannot be played here. It can be downloaded.'

/** The player of an episode's page: its chapters and its transcript seek, and light up when they are reached. */
export class ShowPlayer extends Player {
  protected override track: Track | undefined
  #chapters = new Marks([])
  #speech = new Marks([])

  override connectedCallback(): void {
    this.#read()
    if (!this.track) return

    this.start = startIn(location) ?? rememberedPlace(this.track.episode)
    super.connectedCallback()
    this.#watch()
  }

  protected override draw(): void {
    super.draw()
    const begun = this.sounding || this.start > 0
    const chapter = this.#chapters.light(begun ? this.place : undefined)
    this.#speech.light(begun ? this.place : undefined)

    const failed = this.sounding && sound.failed
    this.write(
      '.chapter',
      failed ? UNPLAYABLE : (chapter?.querySelector('.what')?.textContent ?? ''),
    )
  }

  #read(): void {
    const audio = this.querySelector('audio')
    this.track = audio ? trackOf(this, audio.src) : undefined
    this.#chapters = new Marks(document.querySelectorAll<HTMLElement>('.chapters > [data-at]'))
    this.#speech = new Marks(document.querySelectorAll<HTMLElement>('.turn-of-speech[data-at]'))
  }

  #readAnew(): void {
    this.#chapters.light(undefined)
    this.#speech.light(undefined)
    this.#read()
    this.draw()
  }

  #watch(): void {
    const signal = this.stay
    document.addEventListener('live-page:morphed', () => this.#readAnew(), { signal })
    document.addEventListener('click', (event) => this.#followed(event), { signal })
    addEventListener('hashchange', () => this.#jump(startIn(location)), { signal })

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
