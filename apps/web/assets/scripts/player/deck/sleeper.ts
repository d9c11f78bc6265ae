import { lastBegun } from '../chapter.ts'
import { sound } from '../sound.ts'
import { type Heard, later, type Sleep } from './sleep.ts'

/** The timer. `change` says that it was set, or that another minute is over. */
class Sleeper extends EventTarget {
  #sleep: Sleep | undefined
  #before = heard()

  constructor() {
    super()
    sound.addEventListener('change', () => this.#look())
  }

  get sleep(): Sleep | undefined {
    return this.#sleep
  }

  /** Of the time that is left, begun ones too. */
  get minutes(): number {
    return this.#sleep?.after === 'seconds' ? Math.ceil(this.#sleep.left / 60) : 0
  }

  set(sleep: Sleep | undefined): void {
    this.#sleep = sleep
    this.#before = heard()
    this.dispatchEvent(new Event('change'))
  }

  /** Whether it ends here: asked when an episode is over. */
  endsWithEpisode(): boolean {
    const ends = this.#sleep !== undefined && this.#sleep.after !== 'seconds'
    if (ends) this.set(undefined)
    return ends
  }

  #look(): void {
    if (!this.#sleep) return
    const [before, now, minutes] = [this.#before, heard(), this.minutes]
    this.#before = now
    this.#sleep = later(this.#sleep, before, now)
    if (!this.#sleep) sound.pause()
    if (!this.#sleep || this.minutes !== minutes) this.dispatchEvent(new Event('change'))
  }
}

function heard(): Heard {
  const starts = sound.chapters.filter(({ listed }) => listed).map(({ at }) => at)

  return {
    episode: sound.track?.episode ?? '',
    chapter: lastBegun(starts, sound.place),
    place: sound.place,
    clock: performance.now() / 1000,
    speed: sound.speed,
    playing: sound.playing,
  }
}

export const sleeper = new Sleeper()
