import { words } from './words.ts'

/** An address or a text to take along: its button puts it on the clipboard. */
class CopyField extends HTMLElement {
  connectedCallback(): void {
    const [input, button] = [
      this.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea'),
      this.querySelector('button'),
    ]
    if (!input || !button || !('clipboard' in navigator)) return

    button.hidden = false
    input.addEventListener('focus', () => input.select())
    button.addEventListener('click', () => void copy(input.value, button))
  }
}

async function copy(text: string, button: HTMLButtonElement): Promise<void> {
  const label = button.textContent
  await navigator.clipboard.writeText(text)

  button.textContent = words.copied
  setTimeout(() => (button.textContent = label), 2000)
}

/** An error page of the site may be shown by Turbo where the scripts of the admin area run already. */
export function defineCopyField(): void {
  if (!customElements.get('copy-field')) customElements.define('copy-field', CopyField)
}
