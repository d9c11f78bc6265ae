import { Presence } from 'phoenix'
import { type ShowClient } from './show-client.ts'
import { words } from './words.ts'

const MOST_NAMES = 40

interface Present {
  readonly metas: readonly { readonly name: string; readonly href: string }[]
}

/** Who is here: by name who signed in, by their number the others. */
export class Crowd {
  readonly #part: HTMLElement
  readonly #presence: Presence
  #others = 0

  constructor(part: HTMLElement, channel: ShowClient) {
    this.#part = part
    this.#presence = new Presence(channel)
    this.#presence.onSync(() => this.#draw())
    channel.on('others', ({ count }) => this.others(count))
  }

  others(count: number): void {
    this.#others = count
    this.#draw()
  }

  #draw(): void {
    const known = this.#presence.list((_id, { metas }: Present) => metas[0]).filter((one) => !!one)
    const names = this.#part.querySelector('.names')
    const number = this.#part.querySelector('.number')
    if (!names || !number) return
    const total = known.length + this.#others
    number.textContent = words.here(total)
    this.#part.hidden = total === 0
    const links = known.slice(0, MOST_NAMES).map(({ name, href }) => {
      const link = document.createElement('a')
      link.href = href
      link.dir = 'auto'
      link.textContent = name
      return link
    })
    const rest = known.length - links.length + this.#others
    names.replaceChildren(...links)
    if (rest > 0 && links.length > 0) names.append(words.andMore(rest))
  }
}
