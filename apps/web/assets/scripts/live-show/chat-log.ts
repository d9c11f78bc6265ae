import { Announcer } from './announcer.ts'
import { chatLine } from './chat-line.ts'
import { must } from './must.ts'
import { type Message } from '../../../src/channels/show-channel.ts'

/** A page does not grow without end: the oldest lines go, and are fetched again when they are asked for. */
const MOST = 400
/** As many come at once: fewer, and there is nothing earlier. */
const PART = 50
const NEAR_END_PX = 48

/** What was said. It follows what is new only while its end is looked at. */
export class ChatLog {
  readonly #box: HTMLElement
  readonly #list: HTMLElement
  readonly #newer: HTMLButtonElement
  readonly #earlier: HTMLButtonElement
  readonly #announcer: Announcer
  readonly #lines = new Map<number, HTMLLIElement>()
  moderates = false

  constructor(part: HTMLElement, onEarlier: (before: number) => void, signal: AbortSignal) {
    this.#box = must(part, '.log')
    this.#list = must(part, '.log ol')
    this.#newer = must(part, 'button.newer', HTMLButtonElement)
    this.#earlier = must(part, 'button.earlier', HTMLButtonElement)
    this.#announcer = new Announcer(must(part, '.announcer'), signal)
    this.#list.replaceChildren()
    this.#newer.addEventListener('click', () => this.#toEnd(), { signal })
    this.#box.addEventListener('scroll', () => this.#scrolled(), { signal, passive: true })
    const before = () => {
      const [oldest] = this.#lines.keys()
      if (oldest !== undefined) onEarlier(oldest)
    }
    this.#earlier.addEventListener('click', before, { signal })
  }

  /** What was said last, as it is after coming in, and after coming back. */
  begin(messages: readonly Message[]): void {
    const isAtEnd = this.#isAtEnd()
    const oldest = messages[0]?.id ?? Infinity
    const meets = [...this.#lines.keys()].some((id) => id >= oldest)
    const there = new Set(messages.map(({ id }) => id))
    for (const id of this.#lines.keys()) {
      // Between what is shown and what was said last there may be more that was not seen.
      if (!meets || (id >= oldest && !there.has(id))) this.remove(id)
    }
    for (const message of messages) this.#put(message)
    if (!meets) this.#earlier.hidden = messages.length < PART
    this.#box.hidden = this.#lines.size === 0
    if (isAtEnd) this.#toEnd()
  }

  add(message: Message): void {
    if (this.#lines.has(message.id)) return
    const isAtEnd = this.#isAtEnd()
    this.#box.hidden = false
    this.#put(message)
    this.#shorten()
    if (isAtEnd) this.#toEnd()
    else this.#newer.hidden = false
    this.#announcer.say(`${message.name}: ${message.text}`)
  }

  addEarlier(messages: readonly Message[]): void {
    const height = this.#box.scrollHeight
    const known = [...this.#lines]
    this.#lines.clear()
    const older = messages.filter(({ id }) => !known.some(([one]) => one === id))
    this.#list.prepend(...older.map((message) => this.#line(message)))
    for (const [id, line] of known) this.#lines.set(id, line)
    this.#box.scrollTop += this.#box.scrollHeight - height
    this.#earlier.hidden = messages.length < PART || this.#lines.size >= MOST
  }

  remove(id: number): void {
    const line = this.#lines.get(id)
    if (!line) return
    // Whoever was in it stays in the log.
    if (line.contains(document.activeElement)) this.#box.focus()
    line.remove()
    this.#lines.delete(id)
  }

  #put(message: Message): void {
    if (!this.#lines.has(message.id)) this.#list.append(this.#line(message))
  }

  #line(message: Message): HTMLLIElement {
    const line = chatLine(message, this.moderates)
    this.#lines.set(message.id, line)
    return line
  }

  #shorten(): void {
    for (const id of this.#lines.keys()) {
      if (this.#lines.size <= MOST) return
      this.remove(id)
      this.#earlier.hidden = false
    }
  }

  #isAtEnd(): boolean {
    const { scrollTop, scrollHeight, clientHeight } = this.#box
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PX
  }

  #toEnd(): void {
    this.#box.scrollTop = this.#box.scrollHeight
    this.#newer.hidden = true
  }

  #scrolled(): void {
    if (this.#isAtEnd()) this.#newer.hidden = true
  }
}
