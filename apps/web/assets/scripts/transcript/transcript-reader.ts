import { MORPHED } from '../live-page-morphed.ts'
import { type PlayerPlace } from '../player/show-player.ts'
import { startIn } from '../player/time-code.ts'
import { offerLinks } from './copy-line.ts'
import { FoundWords } from './found-words.ts'
import { TranscriptLines } from './transcript-lines.ts'
import { isInSight, scrolls, showInMiddle } from './reading-place.ts'

/**
 * A transcript that is read along: the line that is said is marked and followed, a press on a line goes there, and words are found
 * in it. A page that shows only how it begins fetches the rest once somebody wants it.
 */
export class TranscriptReader extends HTMLElement {
  readonly #lines = new TranscriptLines()
  readonly #found = new FoundWords()
  #gone = new AbortController()
  #place: number | undefined
  #isPaused = false

  connectedCallback(): void {
    this.#gone = new AbortController()
    const { signal } = this.#gone
    this.#place = startIn(location)
    this.#readAnew()
    if (this.#follows && this.#place !== undefined) void this.#begin()

    this.addEventListener('click', (event) => void this.#clicked(event), { signal })
    this.addEventListener('input', () => void this.#search(), { signal })
    this.addEventListener('submit', (event) => this.#submitted(event), { signal })
    this.addEventListener('keydown', (event) => this.#pressed(event), { signal })
    document.addEventListener('player:place', (event) => this.#heard(event), { signal })
    document.addEventListener(MORPHED, () => this.#readAnew(), { signal })
    document.addEventListener('turbo:before-morph-element', (event) => this.#keep(event), {
      signal,
    })
    for (const type of ['wheel', 'touchmove', 'keydown']) {
      addEventListener(type, (event) => scrolls(event) && this.#pause(), { signal, passive: true })
    }
    offerLinks(this, signal)
  }

  disconnectedCallback(): void {
    this.#gone.abort()
    this.#found.find('', [])
  }

  /** Its own page was asked for at a moment: the line is shown, not only the turn it is in; and again in its own letters. */
  async #begin(): Promise<void> {
    this.#goToLine()
    await document.fonts.ready
    if (!this.#isPaused) this.#goToLine()
  }

  get #follows(): boolean {
    return this.hasAttribute('data-follows')
  }

  #readAnew(): void {
    this.#lines.read(this)
    this.#lines.light(this.#place)
  }

  #heard(event: Event): void {
    const { episode, seconds, begun, playing } = (event as PlayerPlace).detail
    if (episode !== this.dataset['episode']) return
    this.#place = begun ? seconds : undefined
    const isAnother = this.#lines.light(this.#place)
    if (isAnother && playing && this.#follows && !this.#isPaused) this.#goToLine()
  }

  #goToLine(): void {
    const { current } = this.#lines
    if (current && document.visibilityState === 'visible' && !isInSight(current)) {
      showInMiddle(current)
    }
  }

  async #clicked(event: MouseEvent): Promise<void> {
    const { target } = event
    if (!(target instanceof Element) || event.button !== 0) return
    const button = target.closest<HTMLElement>('[data-do]')?.dataset['do']
    if (button === 'follow') return this.#switchFollowing()
    if (button === 'back') return this.#resume()
    if (button === 'before') return this.#go(-1)

    const isModified = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
    if (isModified) return
    if (target.closest('.read-on a')) {
      event.preventDefault()
      await this.#complete()
    } else if (!target.closest('a, button, input')) this.#pressedLine(target)
  }

  /** Whoever marks words to copy them does not want to hear them. */
  #pressedLine(target: Element): void {
    const line = target.closest<HTMLElement>('[data-at]')
    if (!line || getSelection()?.isCollapsed === false) return
    history.replaceState(history.state, '', `#t=${line.dataset['at'] ?? ''}`)
    dispatchEvent(new HashChangeEvent('hashchange'))
  }

  async #switchFollowing(): Promise<void> {
    const follows = this.toggleAttribute('data-follows')
    this.querySelector('[data-do=follow]')?.setAttribute('aria-pressed', String(follows))
    this.#setPaused(false)
    if (!follows) return
    await this.#complete()
    this.#goToLine()
  }

  #resume(): void {
    this.#setPaused(false)
    this.#goToLine()
  }

  #pause(): void {
    if (this.#follows && this.#lines.current) this.#setPaused(true)
  }

  #setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused
    const back = this.querySelector<HTMLElement>('[data-do=back]')
    if (back) back.hidden = !isPaused
  }

  async #search(): Promise<void> {
    const words = this.#words
    if (words !== '') await this.#complete()
    // Somebody went on typing while the rest was fetched.
    if (words !== this.#words) return
    this.#found.find(words, this.querySelectorAll('.speech p'))
    this.#go(1)
  }

  get #words(): string {
    return this.querySelector<HTMLInputElement>('input[type=search]')?.value.trim() ?? ''
  }

  #submitted(event: SubmitEvent): void {
    event.preventDefault()
    this.#go(1)
  }

  #pressed(event: KeyboardEvent): void {
    const { key, target, shiftKey } = event
    if (!(target instanceof HTMLInputElement)) return
    if (key === 'Enter' && shiftKey) {
      event.preventDefault()
      this.#go(-1)
    } else if (key === 'Escape') {
      target.value = ''
      void this.#search()
    }
  }

  #go(step: 1 | -1): void {
    const range = this.#found.go(step)
    if (range) {
      this.#pause()
      showInMiddle(range)
    }
    this.#sayFound()
  }

  #sayFound(): void {
    const { at, count } = this.#found
    const output = this.querySelector('output')
    if (!output) return
    const { found = '', none = '' } = output.dataset
    const said = found.replace('{at}', String(at)).replace('{all}', String(count))
    output.value = this.#words === '' ? '' : count === 0 ? none : said
    for (const button of this.querySelectorAll<HTMLButtonElement>('form button')) {
      button.disabled = count === 0
    }
  }

  /** Fetches what is not here yet, as its own page shows it. */
  async #complete(): Promise<void> {
    const lines = this.querySelector('#transcript-lines')
    if (this.hasAttribute('data-complete') || !lines) return
    const whole = await fetchLines(this.dataset['whole'] ?? '', this.#gone.signal)
    // Another call was faster.
    if (this.hasAttribute('data-complete')) return
    if (!whole) return this.#sayFailed()
    lines.append(...[...whole.children].slice(lines.children.length))
    this.toggleAttribute('data-complete', true)
    this.#readAnew()
  }

  #sayFailed(): void {
    const output = this.querySelector('output')
    if (output) output.value = output.dataset['failed'] ?? ''
  }

  /** A page that is made anew shows how it begins: what was fetched besides stays, unless that is another now. */
  #keep(event: Event): void {
    if (event.target !== this || !this.hasAttribute('data-complete')) return
    const { newElement } = (event as CustomEvent<{ readonly newElement?: Element }>).detail
    if (!newElement || newElement.hasAttribute('data-complete')) return
    const here = [...this.querySelectorAll('.turn-of-speech')]
    const there = [...newElement.querySelectorAll('.turn-of-speech')]
    if (there.every((turn, index) => turn.textContent === here[index]?.textContent)) {
      event.preventDefault()
    }
  }
}

async function fetchLines(address: string, signal: AbortSignal): Promise<Element | null> {
  try {
    const response = await fetch(address, { signal })
    if (!response.ok) return null
    const page = new DOMParser().parseFromString(await response.text(), 'text/html')
    return page.querySelector('#transcript-lines')
  } catch {
    // Offline, or gone from the page meanwhile: what is here stays.
    return null
  }
}
