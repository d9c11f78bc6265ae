/** A dialog of the deck, by the name of what it shows. */
export function sheet(name: string): HTMLDialogElement | null {
  return document.querySelector<HTMLDialogElement>(`show-deck dialog[data-sheet=${name}]`)
}

/** Opens one; a press beside it, or on a link in it, closes it again. */
export function openSheet(name: string): void {
  const dialog = sheet(name)
  if (!dialog || dialog.open) return

  dialog.showModal()
}

/** One listener for all of them: they come and go with the pages. */
export function closeSheetsWhenDone(): void {
  document.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return
    const dialog = target.closest<HTMLDialogElement>('show-deck dialog')
    const isDone = target === dialog || target.closest('a[href], [data-close]') !== null
    if (isDone) dialog?.close()
  })
}

export function write(within: Element, selector: string, text: string): void {
  const element = within.querySelector(selector)
  if (element) element.textContent = text
}

interface Rows<Item> {
  readonly key: (item: Item) => string
  readonly fill: (row: HTMLElement, item: Item) => void
}

/** Writes a list anew, from the template beside it; who had the focus in it keeps it, by the key of the thing. */
export function writeList<Item>(list: Element, items: readonly Item[], rows: Rows<Item>): void {
  const template = list.parentElement?.querySelector('template')?.content.firstElementChild
  if (!(template instanceof HTMLElement)) return
  const written = items.map((item) => {
    const row = template.cloneNode(true) as HTMLElement
    row.dataset['key'] = rows.key(item)
    rows.fill(row, item)
    return row
  })
  const focused = focusIn(list)
  list.replaceChildren(...written)
  focused?.()
}

function focusIn(list: Element): (() => void) | undefined {
  const { activeElement } = document
  const row = activeElement?.closest<HTMLElement>('[data-key]')
  if (!activeElement || !row || !list.contains(row)) return undefined
  const at = [...list.children].indexOf(row)
  const key = row.dataset['key']
  const button = activeElement.getAttribute('data-does')

  return () => {
    const rows = [...list.children] as HTMLElement[]
    const next = rows.find(({ dataset }) => dataset['key'] === key) ?? rows[at] ?? rows.at(-1)
    const same = next?.querySelector<HTMLButtonElement>(`[data-does="${button}"]:enabled`)
    const target = same ?? next?.querySelector<HTMLElement>('button:enabled, a')
    target?.focus()
    if (!target) list.closest('dialog')?.querySelector<HTMLElement>('[data-close]')?.focus()
  }
}
