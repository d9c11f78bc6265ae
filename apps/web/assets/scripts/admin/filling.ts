/**
 * What was picked may bring along what its row says besides: `data-fill='{"title":"…"}'` on the option. Fields that are
 * still empty take it, and it is said that they did.
 */
export function fillFromPicked({ target }: Event): void {
  if (!(target instanceof HTMLElement)) return
  const row = target.closest<HTMLElement>('.row')
  const fill = readFill(target.dataset['fill'])
  if (!row || !fill) return

  const filled = Object.entries(fill).filter(([name, value]) => takes(row, name, value))
  if (filled.length > 0) say(row, target.dataset['filledFrom'] ?? '')
}

function takes(row: HTMLElement, name: string, value: string): boolean {
  const field = row.querySelector<HTMLInputElement | HTMLTextAreaElement>(
    `:is(input, textarea)[name$="[${name}]"]`,
  )
  if (!field || field.value.trim() !== '') return false
  field.value = value
  field.dispatchEvent(new Event('input', { bubbles: true }))
  return true
}

function say(row: HTMLElement, words: string): void {
  const said = row.querySelector<HTMLElement>('.filled') ?? newStatus(row)
  // A region is heard when it changes, not when it comes.
  setTimeout(() => (said.textContent = words), 200)
}

function newStatus(row: HTMLElement): HTMLElement {
  const said = Object.assign(document.createElement('p'), { className: 'help filled whole' })
  said.setAttribute('role', 'status')
  row.querySelector('.fields')?.append(said)
  return said
}

function readFill(text: string | undefined): Readonly<Record<string, string>> | undefined {
  if (text === undefined) return undefined
  const read: unknown = JSON.parse(text)
  if (typeof read !== 'object' || read === null) return undefined
  return Object.fromEntries(
    Object.entries(read).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
    ),
  )
}
