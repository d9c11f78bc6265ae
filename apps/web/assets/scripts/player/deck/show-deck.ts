import { words } from '../../words.ts'
import { type Chapter, chapterAt, pictureAt } from '../chapter.ts'
import { read } from '../kept.ts'
import { rememberedPlace } from '../memory.ts'
import { Player } from '../player.ts'
import { sound } from '../sound.ts'
import { type Track } from '../track.ts'
import { hostOf } from './host-of.ts'
import { queue } from './kept-queue.ts'
import { freshParts } from './parts.ts'
import { sleeper } from './sleeper.ts'
import { words as deckWords } from './words.ts'

const SAID_MS = 5000

/** The player at the foot of every page, for what goes on while somebody reads elsewhere. Turbo carries it along. */
export class ShowDeck extends Player {
  #ticked: readonly Chapter[] | undefined
  #silence: ReturnType<typeof setTimeout> | undefined

  /** What is heard, or would be next. */
  override get track(): Track | undefined {
    return sound.track ?? queue.tracks[0]
  }

  override connectedCallback(): void {
    if (!this.firstElementChild) this.append(freshParts())
    super.connectedCallback()
    const { stay: signal } = this
    const draw = () => this.draw()
    document.addEventListener('turbo:load', draw, { signal })
    queue.addEventListener('change', draw, { signal })
    sleeper.addEventListener('change', draw, { signal })
    this.querySelector('[data-more]')?.addEventListener('click', () => this.#open(), { signal })
  }

  /** Says something for a while, also to who cannot see it. */
  say(text: string): void {
    this.write('.said', text)
    clearTimeout(this.#silence)
    this.#silence = setTimeout(() => this.write('.said', ''), SAID_MS)
  }

  protected override titleAt(place: number): string {
    return this.sounding ? (chapterAt(sound.chapters, place)?.title ?? '') : ''
  }

  protected override draw(): void {
    const { track } = this
    const bar = this.querySelector<HTMLElement>('.bar')
    if (!bar) return
    bar.hidden = track === undefined || inSight(track) || read('closed') === 'yes'
    if (!track) return

    if (!this.sounding) this.start = rememberedPlace(track.episode)
    super.draw()
    this.#name(track)
    this.#drawChapter(track)
    this.#drawTicks()
    this.#drawTools()
  }

  #open(): void {
    const isOpen = this.toggleAttribute('data-open')
    this.querySelector('[data-more]')?.setAttribute('aria-expanded', String(isOpen))
  }

  #name(track: Track): void {
    const link = this.querySelector<HTMLAnchorElement>('.title')
    if (link && link.getAttribute('href') !== track.episode) link.href = track.episode

    this.write('.title', track.title)
    if (this.getAttribute('style') !== track.colours) this.setAttribute('style', track.colours)
  }

  #drawChapter(track: Track): void {
    const chapter = this.sounding ? chapterAt(sound.chapters, this.place) : undefined
    const failed = this.sounding && sound.failed
    this.write('.of', failed ? words.player.unplayable : chapter?.title || track.show)

    const link = this.querySelector<HTMLAnchorElement>('.link')
    if (link) {
      link.hidden = !chapter?.link
      if (chapter?.link && link.getAttribute('href') !== chapter.link) {
        link.href = chapter.link
        link.textContent = hostOf(chapter.link)
      }
    }
    this.#picture((this.sounding && pictureAt(sound.chapters, this.place)) || track.imageUrl)
  }

  #picture(address: string): void {
    const picture = this.querySelector<HTMLImageElement>('.plate img')
    if (!picture) return

    picture.hidden = address === ''
    if (address && picture.getAttribute('src') !== address) picture.src = address
  }

  #drawTicks(): void {
    const staff = this.querySelector('.staff')
    const chapters = this.sounding ? sound.chapters : []
    if (!staff || chapters === this.#ticked || !(this.seconds > 0)) return

    this.#ticked = chapters
    for (const tick of staff.querySelectorAll('.tick')) tick.remove()
    for (const { at, listed } of chapters) {
      if (!listed) continue
      const tick = document.createElement('span')
      tick.className = 'tick'
      tick.style.setProperty('--from', String((at / this.seconds) * 100))
      staff.prepend(tick)
    }
  }

  #drawTools(): void {
    const hasChapters = this.sounding && sound.chapters.some(({ listed }) => listed)
    for (const tool of this.querySelectorAll<HTMLElement>('.of-chapters'))
      tool.hidden = !hasChapters

    const { length } = queue.tracks
    this.write('.queued', length > 0 ? String(length) : '')
    this.write('.sleeps', sleepWords())
  }
}

function sleepWords(): string {
  const { sleep, minutes } = sleeper
  if (!sleep) return ''

  return sleep.after === 'seconds' ? deckWords.minutes(minutes) : deckWords.asleep
}

function inSight(track: Track): boolean {
  const player = document.querySelector<HTMLElement>('show-player[data-in-sight]')

  return player?.dataset['episode'] === track.episode
}
