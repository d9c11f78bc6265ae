import { Player } from './player.ts'
import { sound } from './sound.ts'
import { type Track } from './track.ts'

/** The player at the foot of every page, for what goes on while somebody reads elsewhere. Turbo carries it along. */
export class ShowDeck extends Player {
  protected override get track(): Track | undefined {
    return sound.track
  }

  override connectedCallback(): void {
    super.connectedCallback()
    document.addEventListener('turbo:load', () => this.draw(), { signal: this.stay })
  }

  protected override draw(): void {
    const { track } = this
    this.hidden = track === undefined || inSight(track)
    if (!track) return

    super.draw()
    this.#name(track)
  }

  #name(track: Track): void {
    const link = this.querySelector<HTMLAnchorElement>('.title')
    if (link && link.getAttribute('href') !== track.episode) link.href = track.episode

    this.write('.title', track.title)
    this.write('.of', track.show)
    if (this.getAttribute('style') !== track.colours) this.setAttribute('style', track.colours)
  }
}

function inSight(track: Track): boolean {
  const player = document.querySelector<HTMLElement>('show-player[data-in-sight]')

  return player?.dataset['episode'] === track.episode
}
