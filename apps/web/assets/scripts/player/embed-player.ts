import { words } from '../words.ts'
import { type Chapter, chapterAt } from './chapter.ts'
import { rememberedPlace } from './memory.ts'
import { Player } from './player.ts'
import { sound } from './sound.ts'
import { startIn } from './time-code.ts'
import { asTrack, type Track } from './track.ts'
import { trackOf } from './track-of.ts'

/** The player on a page elsewhere. What it plays is all there is: it has no queue, and remembers the place. */
export class EmbedPlayer extends Player {
  override track: Track | undefined
  #asked = false

  override connectedCallback(): void {
    const audio = this.querySelector('audio')
    this.track = audio ? trackOf(this, audio.src) : undefined
    if (!this.track) return

    this.start = startIn(location) ?? rememberedPlace(this.track.episode)
    super.connectedCallback()
    sound.addEventListener('track', () => void this.#learnChapters(), { signal: this.stay })
  }

  protected override titleAt(place: number): string {
    return this.sounding ? (chapterAt(sound.chapters, place)?.title ?? '') : ''
  }

  protected override draw(): void {
    super.draw()
    const failed = this.sounding && sound.failed
    this.write('.chapter', failed ? words.player.unplayable : this.titleAt(this.place))
  }

  /** Once somebody listens: most who pass by do not. */
  async #learnChapters(): Promise<void> {
    if (!this.track || this.#asked) return
    this.#asked = true
    const response = await fetch(`${this.track.episode}/play.json`)
    if (!response.ok) return
    const given = (await response.json()) as { readonly chapters: readonly Chapter[] }

    if (asTrack(given)) sound.chapters = given.chapters
  }
}
