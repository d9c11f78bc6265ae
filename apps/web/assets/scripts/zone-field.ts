import { words } from './words.ts'

/** A choice of time zones: its button takes the one that the browser is in. */
export class ZoneField extends HTMLElement {
  connectedCallback(): void {
    const [select, button] = [this.querySelector('select'), this.querySelector('button')]
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const isThere = [...(select?.options ?? [])].some(({ value }) => value === timeZone)
    if (!select || !button || !isThere) return

    button.textContent = `${words.zoneHere}: ${timeZone.replaceAll('_', ' ')}`
    button.hidden = select.value === timeZone
    select.addEventListener('change', () => (button.hidden = select.value === timeZone))
    button.addEventListener('click', () => {
      select.value = timeZone
      button.hidden = true
      select.focus()
    })
  }
}
