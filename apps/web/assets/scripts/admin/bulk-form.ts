import { MORPHED } from '../live-page-morphed.ts'

/** A list of which several rows can be marked: marks all on the page, and says how many are. */
export class BulkForm extends HTMLElement {
  readonly #all = document.createElement('input')
  readonly #said = document.createElement('output')

  connectedCallback(): void {
    const form = this.querySelector<HTMLFormElement>(':scope > form')
    if (!form) return

    // A page that comes back from the browser's memory has it already.
    form.querySelector('.mark-all')?.remove()
    form.prepend(this.#markAll())
    this.addEventListener('change', this.#changed)
    document.addEventListener(MORPHED, this.#changed)
    this.#count()
  }

  disconnectedCallback(): void {
    this.removeEventListener('change', this.#changed)
    document.removeEventListener(MORPHED, this.#changed)
  }

  get #boxes(): readonly HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>('input[type="checkbox"][name^="ids["]')]
  }

  #markAll(): HTMLElement {
    this.#all.type = 'checkbox'
    const label = document.createElement('label')
    label.append(this.#all, ' All on this page')
    const part = document.createElement('span')
    part.className = 'mark-all'
    part.append(label, this.#said)
    return part
  }

  readonly #changed = ({ target }: Event): void => {
    if (target === this.#all) for (const box of this.#boxes) box.checked = this.#all.checked
    this.#count()
  }

  #count(): void {
    const boxes = this.#boxes
    const marked = boxes.filter(({ checked }) => checked).length
    this.#all.checked = marked > 0 && marked === boxes.length
    this.#all.indeterminate = marked > 0 && marked < boxes.length
    this.#said.textContent = `${marked} marked`
  }
}
