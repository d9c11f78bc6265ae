import { type Kept } from './kept-work.ts'
import { type LeftOver } from './restore-work.ts'

interface Choices {
  /** Puts it back, and says what could not be. */
  readonly restore: () => readonly LeftOver[]
  readonly discard: () => void
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

/** Unsaved work from before, to be put back or thrown away. */
export class WorkOffer {
  readonly element = document.createElement('div')
  readonly #words = document.createElement('p')
  readonly #choices: Choices

  constructor(offered: readonly Kept[], version: string, choices: Choices) {
    this.#choices = choices
    this.element.className = 'kept'
    this.element.tabIndex = -1
    this.#words.setAttribute('role', 'status')
    this.element.append(
      this.#words,
      button('Restore', 'quiet', () => this.#restore()),
      button('Discard', 'quiet', () => this.#discard()),
    )
    // Said once it stands in the page: what is there from the start is read out by nobody.
    requestAnimationFrame(() => (this.#words.textContent = wordsFor(offered, version)))
  }

  #restore(): void {
    const left = this.#choices.restore()
    this.#words.textContent = 'It is back in the form, and not saved yet.'
    this.element.replaceChildren(this.#words)
    if (left.length > 0) this.element.append(leftOver(left))
    this.element.focus()
  }

  #discard(): void {
    this.#choices.discard()
    this.#words.textContent = 'Discarded.'
    this.element.replaceChildren(this.#words)
    this.element.focus()
  }
}

function wordsFor(offered: readonly Kept[], version: string): string {
  const at = new Date(Math.max(...offered.map((one) => one.at)))
  const words = `You have unsaved work from ${DAY.format(at)}, ${TIME.format(at)}.`
  return offered.every((one) => one.version === version)
    ? words
    : `${words} A newer version was saved since: only the fields that you changed are put back.`
}

/** `12:03`, with its day where that is another one. */
export function clock(at: Date): string {
  const isToday = at.toDateString() === new Date().toDateString()
  return isToday ? TIME.format(at) : `${TIME.format(at)} on ${DAY.format(at)}`
}

/** What has no place any more is shown, to be copied. */
function leftOver(left: readonly LeftOver[]): HTMLElement {
  const part = document.createElement('div')
  const heading = document.createElement('p')
  heading.textContent = 'These have no place in the form any more. Copy what you need:'
  const list = document.createElement('ul')
  for (const { name, value } of left) {
    const item = document.createElement('li')
    item.textContent = `${name}: ${value}`
    list.append(item)
  }
  part.append(heading, list)
  return part
}

function button(label: string, kind: string, onClick: () => void): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = kind
  made.textContent = label
  made.addEventListener('click', onClick)
  return made
}
