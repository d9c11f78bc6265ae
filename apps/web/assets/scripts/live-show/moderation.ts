import { type Measure } from './chat-line.ts'
import { must } from './must.ts'
import { type Me, type Settings } from '../../../src/channels/show-channel.ts'
import { outcome, type ShowClient } from './show-client.ts'
import { words } from './words.ts'

const PACES = [0, 5, 10, 30, 60, 300]

/** For who looks after the chat: takes messages away, mutes people, slows everybody down. */
export class Moderation {
  readonly #chat: HTMLElement
  readonly #part: HTMLElement
  readonly #channel: ShowClient
  readonly #muted = new Set<number>()
  readonly #wrong = document.createElement('p')
  readonly #pace = document.createElement('select')

  constructor(chat: HTMLElement, channel: ShowClient, signal: AbortSignal) {
    this.#chat = chat
    this.#part = must(chat, '.moderation')
    this.#channel = channel
    this.#wrong.className = 'wrong'
    this.#wrong.role = 'alert'
    const label = document.createElement('label')
    label.append(`${words.slowMode} `, this.#pace)
    this.#part.replaceChildren(label, this.#wrong)
    const slow = () => void this.#do(channel.push('slow', { seconds: Number(this.#pace.value) }))
    this.#pace.addEventListener('change', slow, { signal })
    chat.addEventListener('click', (event) => this.#pressed(event), { signal })
  }

  begin(me: Me | null): void {
    this.#part.hidden = !me?.moderates
    this.#muted.clear()
    for (const personId of me?.muted ?? []) this.#muted.add(personId)
    this.mark()
  }

  set settings({ slowModeSeconds }: Settings) {
    const paces = [...new Set([...PACES, slowModeSeconds])].toSorted((one, other) => one - other)
    this.#pace.replaceChildren(...paces.map((pace) => new Option(paceWords(pace), String(pace))))
    this.#pace.value = String(slowModeSeconds)
  }

  muted(personId: number, isMuted: boolean): void {
    if (isMuted) this.#muted.add(personId)
    else this.#muted.delete(personId)
    this.mark()
  }

  /** Which lines are of somebody who is muted. */
  mark(): void {
    for (const line of this.#chat.querySelectorAll<HTMLElement>('li[data-person]')) {
      line.toggleAttribute('data-muted', this.#muted.has(Number(line.dataset['person'])))
    }
  }

  #pressed({ target }: Event): void {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-measure]') : null
    if (!button) return
    const { measure, id, person } = button.dataset
    button.closest('details')?.removeAttribute('open')
    void this.#do(this.#measure(measure as Measure, Number(id), Number(person)))
  }

  #measure(measure: Measure, id: number, personId: number) {
    switch (measure) {
      case 'delete':
        return this.#channel.push('delete', { id })
      case 'mute-10':
        return this.#channel.push('mute', { personId, minutes: 10 })
      case 'mute':
        return this.#channel.push('mute', { personId })
      case 'unmute':
        return this.#channel.push('unmute', { personId })
      default:
        throw new Error(`unknown measure: ${String(measure satisfies never)}`)
    }
  }

  async #do(push: Parameters<typeof outcome>[0]): Promise<void> {
    this.#wrong.textContent = (await outcome(push)) ?? ''
  }
}

function paceWords(seconds: number): string {
  if (seconds === 0) return words.off
  return seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}
