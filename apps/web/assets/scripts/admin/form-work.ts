import { NO_WORK, type RowsWork, type Values, type Work } from './work.ts'

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/** By the id of a list, the numbers of its rows in the order in which they were sent. */
export type Order = ReadonlyMap<string, readonly string[]>

/** What nobody types, or what may not be kept. */
const NOT_KEPT = 'hidden file password submit button reset image'.split(' ')

export function orderIn(form: HTMLFormElement): Order {
  return new Map(listsIn(form).map((list) => [list.id, storedRowsIn(list).map(([id]) => id)]))
}

/**
 * What differs from what the server sent. A form that came back from the server shows what was typed as if it were stored:
 * what was changed `before` is counted on.
 */
export function workIn(form: HTMLFormElement, sent: Order, before: Work = NO_WORK): Work {
  const fields = controlsIn(form).filter((control) => !control.closest('.row'))
  const rows = listsIn(form).flatMap((list) => {
    const work = rowsWorkIn(list, sent.get(list.id) ?? [], before.rows[list.id])
    return work ? [[list.id, work] as const] : []
  })
  return {
    fields: changedOf(fields, before.fields, ({ name }) => name),
    rows: Object.fromEntries(rows),
  }
}

function rowsWorkIn(
  list: HTMLElement,
  sent: readonly string[],
  before: RowsWork | undefined,
): RowsWork | undefined {
  const changed = storedRowsIn(list).flatMap(([id, row]) => {
    const values = changedOf(controlsIn(row), before?.changed[id] ?? {}, nameInRow)
    return Object.keys(values).length > 0 ? [[id, values] as const] : []
  })
  const fresh = addedRowsIn(list)
  const added = fresh.map(valuesIn)
  const order = rowsIn(list).flatMap((row) => {
    const at = fresh.indexOf(row)
    const id = rowId(row)
    return at >= 0 ? [`+${at}`] : id === undefined ? [] : [id]
  })
  const expected = [...sent, ...fresh.map((_, at) => `+${at}`)]
  const isSorted = order.join() !== expected.join() || Boolean(before?.order)
  if (changed.length === 0 && added.length === 0 && !isSorted) return undefined
  return { changed: Object.fromEntries(changed), added, order: isSorted ? order : null }
}

function changedOf(
  controls: readonly Control[],
  before: Values,
  nameOf: (control: Control) => string,
): Values {
  const changed = controls.filter((control) => {
    return isChanged(control) || Object.hasOwn(before, nameOf(control))
  })
  return Object.fromEntries(changed.map((control) => [nameOf(control), valueOf(control)]))
}

export function listsIn(form: HTMLElement): HTMLElement[] {
  return [...form.querySelectorAll<HTMLElement>('form-rows')]
}

export function rowsIn(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(':scope > ol > .row')]
}

export function storedRowsIn(list: HTMLElement): (readonly [string, HTMLElement])[] {
  return rowsIn(list).flatMap((row) => {
    const id = rowId(row)
    return id === undefined ? [] : [[id, row] as const]
  })
}

/** Rows that only this page has, and in which there is something. */
function addedRowsIn(list: HTMLElement): HTMLElement[] {
  const blank = blankIn(list)
  return rowsIn(list).filter((row) => {
    if (rowId(row) !== undefined || row.querySelector<HTMLInputElement>('.drop input')?.checked) {
      return false
    }
    return Object.entries(valuesIn(row)).some(([name, value]) => value !== (blank[name] ?? ''))
  })
}

/** What stands in a row that was just added. */
function blankIn(list: HTMLElement): Values {
  const row = list.querySelector('template')?.content.querySelector<HTMLElement>('.row')
  return row ? valuesIn(row) : {}
}

/** What stands in a row, by the name that a field has within it. */
export function valuesIn(row: HTMLElement): Values {
  return Object.fromEntries(
    controlsIn(row).map((control) => [nameInRow(control), valueOf(control)]),
  )
}

function rowId(row: HTMLElement): string | undefined {
  return row.querySelector<HTMLInputElement>('input[type="hidden"][name$="[id]"]')?.value
}

export function controlsIn(part: HTMLElement): Control[] {
  return [...part.querySelectorAll<Control>('input, select, textarea')].filter((control) => {
    return control.name !== '' && !NOT_KEPT.includes(control.type) && !isUnchosen(control)
  })
}

/** Of radio buttons that belong together, the one that is chosen speaks for all. */
function isUnchosen(control: Control): boolean {
  return control.type === 'radio' && control instanceof HTMLInputElement && !control.checked
}

/** `episodeGuests[0][role]` is `role`. */
export function nameInRow({ name }: { readonly name: string }): string {
  return /\[([^\]]+)\]$/.exec(name)?.[1] ?? name
}

export function valueOf(control: Control): string {
  return control.type === 'checkbox' ? String((control as HTMLInputElement).checked) : control.value
}

export function setValue(control: Control, value: string): void {
  if (control.type === 'checkbox') (control as HTMLInputElement).checked = value === 'true'
  else control.value = value
}

function isChanged(control: Control): boolean {
  return valueOf(control) !== sentValueOf(control)
}

function sentValueOf(control: Control): string {
  if (control instanceof HTMLSelectElement) {
    const options = [...control.options]
    return (options.find(({ defaultSelected }) => defaultSelected) ?? options[0])?.value ?? ''
  }
  if (control instanceof HTMLTextAreaElement) return control.defaultValue
  if (control.type === 'checkbox') return String(control.defaultChecked)
  if (control.type === 'radio') return control.defaultChecked ? control.value : ''
  // As the browser understands it: of a moment it leaves out the seconds.
  const untouched = document.createElement('input')
  untouched.type = control.type
  untouched.value = control.defaultValue
  return untouched.value
}
