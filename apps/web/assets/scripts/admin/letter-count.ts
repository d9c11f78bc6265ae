import { lettersIn } from './letters.ts'

/** Says how long the text in the field before it is, and that apps cut it after so many letters. */
export class LetterCount extends HTMLElement {
  connectedCallback(): void {
    const field = this.parentElement?.querySelector('input')
    const most = Number(this.dataset['cutAfter'])
    if (!field || !most) return

    const show = () => (this.textContent = lettersIn(field.value, most))
    field.addEventListener('input', show)
    show()
  }
}
