import SortableList from 'sortablejs'

/**
 * The rows of an association in a form: adds one from the template, sorts them by dragging, by buttons and by Alt with the
 * arrow keys. Without it the rows there are can be edited and removed, and one can be added at a time.
 */
export class FormRows extends HTMLElement {
  #added = 0
  readonly #said = document.createElement('p')
  #sortable: SortableList | undefined

  connectedCallback(): void {
    const add = this.querySelector<HTMLButtonElement>(':scope > .add')
    if (!this.#list) return

    // What is only put in order has none to add.
    if (add) add.hidden = false
    this.#said.className = 'unseen'
    this.#said.setAttribute('role', 'status')
    this.append(this.#said)
    add?.addEventListener('click', () => this.#add())
    if (!this.hasAttribute('data-sortable')) return

    this.#sortable = SortableList.create(this.#list, {
      handle: '.handle',
      animation: 120,
      onEnd: () => {
        this.#renumber()
        this.#changed()
      },
    })
    this.addEventListener('click', (event) => this.#moveByButton(event))
    // Before a picker takes Alt and an arrow for its list.
    this.addEventListener('keydown', (event) => this.#moveByKey(event), { capture: true })
    this.#renumber()
  }

  disconnectedCallback(): void {
    this.#sortable?.destroy()
    this.#sortable = undefined
  }

  get #list(): HTMLElement | null {
    return this.querySelector<HTMLElement>(':scope > ol')
  }

  get #rows(): HTMLElement[] {
    return [...(this.#list?.querySelectorAll<HTMLElement>(':scope > .row') ?? [])]
  }

  #add(): void {
    this.addRow()
      ?.querySelector<HTMLElement>('.fields :is(input:not([type=hidden]), select, textarea)')
      ?.focus()
    this.#changed()
  }

  /** An empty row at the end. */
  addRow(): HTMLElement | undefined {
    const template = this.querySelector('template')
    if (!template || !this.#list) return undefined

    // Numbers far above those of the rows that are there: what a row is called says nothing of its place.
    const index = String(1_000 + this.#rows.length + this.#added)
    this.#added += 1
    this.#list.insertAdjacentHTML('beforeend', template.innerHTML.replaceAll('__index__', index))
    this.querySelector(':scope > .none')?.toggleAttribute('hidden', true)
    this.#renumber()
    return this.#rows.at(-1)
  }

  /** Puts these rows in this order, before all others. */
  arrange(rows: readonly HTMLElement[]): void {
    this.#list?.prepend(...rows)
    this.#renumber()
  }

  #moveByButton({ target }: Event): void {
    if (!(target instanceof HTMLButtonElement)) return
    const row = target.closest<HTMLElement>('.row')
    if (row && target.matches('.up, .down')) this.#move(row, target.matches('.up') ? -1 : 1, target)
  }

  #moveByKey(event: KeyboardEvent): void {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    const { target } = event
    if (step === 0 || !event.altKey || !(target instanceof HTMLElement)) return
    const row = target.closest<HTMLElement>('.row')
    if (!row || target.ariaExpanded === 'true') return

    event.preventDefault()
    event.stopPropagation()
    this.#move(row, step, target)
  }

  #move(row: HTMLElement, step: -1 | 1, focused: HTMLElement): void {
    const other = this.#rows[this.#rows.indexOf(row) + step]
    if (!other) return

    if (step < 0) other.before(row)
    else other.after(row)
    this.#renumber()
    this.#focusAfterMove(row, focused)
    this.#said.textContent = `${nameOf(row)}: ${this.#rows.indexOf(row) + 1} of ${this.#rows.length}`
    this.#changed()
  }

  /** The first row has no further up: then the button beside it goes on. */
  #focusAfterMove(row: HTMLElement, focused: HTMLElement): void {
    const isOff = focused instanceof HTMLButtonElement && focused.disabled
    const next = isOff ? row.querySelector<HTMLElement>('.row-actions button:enabled') : focused
    next?.focus()
    row.scrollIntoView({ block: 'nearest' })
  }

  #renumber(): void {
    const rows = this.#rows
    for (const [at, row] of rows.entries()) {
      const place = row.querySelector<HTMLInputElement>('.place')
      if (place) place.value = String(at)
      const [up, down] = [
        row.querySelector<HTMLButtonElement>('.up'),
        row.querySelector<HTMLButtonElement>('.down'),
      ]
      if (up) [up.hidden, up.disabled] = [false, at === 0]
      if (down) [down.hidden, down.disabled] = [false, at === rows.length - 1]
    }
  }

  #changed(): void {
    this.dispatchEvent(new Event('input', { bubbles: true }))
  }
}

/** What stands in a row first: whom or what it is about. */
function nameOf(row: HTMLElement): string {
  const field = row.querySelector<HTMLInputElement>('.fields input:not([type=hidden])')
  return field?.value || 'Row'
}
