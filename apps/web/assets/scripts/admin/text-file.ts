const MOST_BYTES = 400_000

/** A text that may be taken from a file: the file is read here, and is sent as if it had been typed. */
export class TextFile extends HTMLElement {
  connectedCallback(): void {
    const area = this.querySelector('textarea')
    // A page that Turbo shows again has it already.
    if (!area || this.querySelector('input[type=file]')) return

    const label = document.createElement('label')
    label.className = 'from-file'
    const input = Object.assign(document.createElement('input'), {
      type: 'file',
      accept: '.csv,.txt,.tsv,text/*',
    })
    const said = Object.assign(document.createElement('span'), { className: 'help' })
    said.setAttribute('role', 'status')
    label.append('Or from a file ', input)
    this.append(label, said)
    input.addEventListener('change', () => void take(input, area, said))
  }
}

async function take(
  input: HTMLInputElement,
  area: HTMLTextAreaElement,
  said: HTMLElement,
): Promise<void> {
  const file = input.files?.[0]
  if (!file) return
  if (file.size > MOST_BYTES) {
    said.textContent = `“${file.name}” is too large for a list of markers.`
    return
  }
  area.value = await file.text()
  area.dispatchEvent(new Event('input', { bubbles: true }))
  said.textContent = `“${file.name}” is read.`
}
