import { type ShowClient } from './show-client.ts'
import { words } from './words.ts'

const KINDS = [
  ['clap', '👏'],
  ['love', '❤️'],
  ['laugh', '😂'],
  ['wow', '😮'],
  ['think', '🤔'],
] as const

/** Hands to clap with, and how often everybody did. */
export class Reactions {
  readonly #part: HTMLElement
  readonly #counts = new Map<string, HTMLElement>()

  constructor(part: HTMLElement, channel: ShowClient) {
    this.#part = part
    const buttons = KINDS.map(([kind, sign]) => {
      const button = document.createElement('button')
      const [picture, count] = [document.createElement('span'), document.createElement('span')]
      button.type = 'button'
      button.dataset['kind'] = kind
      button.ariaLabel = words[kind]
      picture.textContent = sign
      picture.ariaHidden = 'true'
      count.className = 'figures'
      this.#counts.set(kind, count)
      button.append(picture, count)
      button.addEventListener('click', () => {
        if (channel.state !== 'joined') return
        channel.push('react', { kind })
        wave(picture)
      })
      return button
    })
    part.replaceChildren(...buttons)
    channel.on('reacted', (sums) => this.count(sums))
  }

  set isOver(isOver: boolean) {
    for (const button of this.#part.querySelectorAll('button')) button.disabled = isOver
    this.#part.hidden = false
  }

  count(sums: Readonly<Record<string, number>>): void {
    for (const [kind, sum] of Object.entries(sums)) {
      const count = this.#counts.get(kind)
      if (count) count.textContent = sum > 0 ? String(sum) : ''
    }
  }
}

function wave(picture: HTMLElement): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
  picture.animate([{}, { transform: 'translateY(-0.4em) scale(1.3)' }, {}], { duration: 300 })
}
