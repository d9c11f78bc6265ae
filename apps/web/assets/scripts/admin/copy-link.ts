/** A link to take along: its button puts its whole address on the clipboard. */
export class CopyLink extends HTMLElement {
  connectedCallback(): void {
    const [link, button] = [this.querySelector('a'), this.querySelector('button')]
    if (!link || !button || !('clipboard' in navigator)) return

    button.hidden = false
    button.addEventListener('click', () => void copy(link.href, button))
  }
}

async function copy(address: string, button: HTMLButtonElement): Promise<void> {
  const label = button.textContent
  await navigator.clipboard.writeText(address)
  button.textContent = 'Copied'
  setTimeout(() => (button.textContent = label), 2000)
}
