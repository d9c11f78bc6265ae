import { type FormRows } from './form-rows.ts'
import {
  controlsIn,
  listsIn,
  nameInRow,
  rowsIn,
  setValue,
  storedRowsIn,
  valueOf,
  valuesIn,
} from './form-work.ts'
import { type RowsWork, type Values, type Work } from './work.ts'

/** What cannot be put back, because what it belongs to is not in the form any more. */
export interface LeftOver {
  readonly name: string
  readonly value: string
}

interface Plan {
  readonly steps: readonly (() => void)[]
  readonly left: readonly LeftOver[]
}

/** Puts kept work back: only what was changed, so that what somebody else saved meanwhile stays. */
export function restore(form: HTMLFormElement, work: Work): readonly LeftOver[] {
  const { steps, left } = planFor(form, work)
  for (const step of steps) step()
  return left
}

/** Whether all of it is in the form already: saved after all, though nobody was told. */
export function isThere(form: HTMLFormElement, work: Work): boolean {
  const { steps, left } = planFor(form, work)
  return steps.length === 0 && left.length === 0
}

function planFor(form: HTMLFormElement, work: Work): Plan {
  const fields = controlsIn(form).filter((control) => !control.closest('.row'))
  const plans = [setting(fields, work.fields, ({ name }) => name)]
  for (const [id, rows] of Object.entries(work.rows)) {
    const list = listsIn(form).find((one) => one.id === id)
    plans.push(list ? rowsPlan(list as FormRows, rows) : leaving(rows))
  }
  return together(plans)
}

function rowsPlan(list: FormRows, { changed, added, order }: RowsWork): Plan {
  const stored = new Map(storedRowsIn(list))
  const plans = Object.entries(changed).map(([id, values]) => {
    const row = stored.get(id)
    // A row that was to go, and is gone.
    if (!row && values['delete'] === 'true') return NOTHING
    return row
      ? setting(controlsIn(row), values, nameInRow)
      : { steps: [], left: leftOf(Object.entries(values)) }
  })

  const there = rowsIn(list).map((row) => JSON.stringify(valuesIn(row)))
  const made = new Map<string, HTMLElement>()
  const missing = added.flatMap((values, at) => {
    return there.includes(JSON.stringify(values)) ? [] : [[`+${at}`, values] as const]
  })
  const adding = missing.map(([name, values]) => () => {
    const row = list.addRow()
    if (!row) return
    made.set(name, row)
    for (const step of setting(controlsIn(row), values, nameInRow).steps) step()
  })

  const known = order?.filter((name) => stored.has(name)) ?? []
  const now = [...stored.keys()].filter((id) => known.includes(id))
  const isSorted = known.join() !== now.join() || (order !== null && missing.length > 0)
  const sorting = () => {
    list.arrange(order?.flatMap((name) => made.get(name) ?? stored.get(name) ?? []) ?? [])
  }
  return together([...plans, { steps: [...adding, ...(isSorted ? [sorting] : [])], left: [] }])
}

const NOTHING: Plan = { steps: [], left: [] }

function setting(
  controls: ReturnType<typeof controlsIn>,
  values: Values,
  nameOf: (control: ReturnType<typeof controlsIn>[number]) => string,
): Plan {
  const plans = Object.entries(values).map(([name, value]): Plan => {
    const control = controls.find((one) => nameOf(one) === name)
    if (!control) return { steps: [], left: leftOf([[name, value]]) }
    return valueOf(control) === value
      ? NOTHING
      : { steps: [() => setValue(control, value)], left: [] }
  })
  return together(plans)
}

function leaving({ changed, added }: RowsWork): Plan {
  const all = [...Object.values(changed), ...added].flatMap((values) => Object.entries(values))
  return { steps: [], left: leftOf(all) }
}

function leftOf(values: readonly (readonly [string, string])[]): readonly LeftOver[] {
  return values
    .filter(([name, value]) => name !== 'delete' && value !== '')
    .map(([name, value]) => ({ name, value }))
}

function together(plans: readonly Plan[]): Plan {
  return {
    steps: plans.flatMap(({ steps }) => steps),
    left: plans.flatMap(({ left }) => left),
  }
}
