/** So many are painted; more are counted, and gone to. */
const MOST_PAINTED = 2_000

const FOUND = 'transcript-found'
const CURRENT = 'transcript-current'

/** Where words stand in a text that is spread over many elements. */
export class FoundWords {
  #ranges: readonly Range[] = []
  #at = -1

  get count(): number {
    return this.#ranges.length
  }

  /** From 1; 0 where nothing is found. */
  get at(): number {
    return this.#at + 1
  }

  /** Looks for words in each of these elements, in any case, whatever spaces are between them. */
  find(text: string, within: Iterable<Element>): void {
    const words = text.trim()
    this.#ranges = words === '' ? [] : [...within].flatMap((element) => rangesIn(element, words))
    this.#at = -1
    this.#paint()
  }

  /** The next one, or the one before; after the last comes the first. */
  go(step: 1 | -1): Range | undefined {
    if (this.count === 0) return undefined
    const next = this.#at === -1 && step === -1 ? this.count - 1 : this.#at + step
    this.#at = (next + this.count) % this.count
    this.#paint()
    return this.#ranges[this.#at]
  }

  #paint(): void {
    if (!('highlights' in CSS)) return
    const current = this.#ranges[this.#at]
    CSS.highlights.set(FOUND, new Highlight(...this.#ranges.slice(0, MOST_PAINTED)))
    CSS.highlights.set(CURRENT, new Highlight(...(current ? [current] : [])))
  }
}

function rangesIn(element: Element, words: string): Range[] {
  const pieces = textsIn(element)
  const whole = pieces.map(({ data }) => data).join('')

  return Array.from(whole.matchAll(patternOf(words)), ({ index, 0: { length } }) =>
    rangeOf(pieces, index, index + length),
  )
}

function patternOf(words: string): RegExp {
  const escaped = words.split(/\s+/).map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
  return new RegExp(escaped.join('\\s+'), 'giu')
}

function textsIn(element: Element): Text[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  const texts: Text[] = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(node as Text)
  return texts
}

function rangeOf(pieces: readonly Text[], from: number, to: number): Range {
  const range = document.createRange()
  let begins = 0

  for (const piece of pieces) {
    const ends = begins + piece.length
    if (from >= begins && from < ends) range.setStart(piece, from - begins)
    if (to > begins && to <= ends) range.setEnd(piece, to - begins)
    begins = ends
  }
  return range
}
