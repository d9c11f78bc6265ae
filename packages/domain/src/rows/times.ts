import { type Params } from '@showrunner/data'
import { msOf } from './clock.ts'
import { changeRows, type SentRow } from './sent-rows.ts'

/** The same params with milliseconds for the times that were typed in the rows of an association: by field, what sends it. */
export function withTimes(
  params: Params,
  association: string,
  times: Readonly<Record<string, string>>,
): Params {
  return changeRows(params, association, (rows) => rows.map((row) => timed(row, times)))
}

function timed(row: SentRow, times: Readonly<Record<string, string>>): SentRow {
  const read = Object.entries(times).flatMap(([field, sentAs]) => {
    const text = row[sentAs]
    return typeof text === 'string' ? [[field, msOf(text)] as const] : []
  })
  return { ...row, ...Object.fromEntries(read) }
}

/** The same params with places that follow a time: rows without one come last, in their order. */
export function inOrderOfTime(params: Params, association: string, field: string): Params {
  const timeOf = (row: SentRow) => {
    const time = row[field]
    return typeof time === 'number' ? time : Infinity
  }
  return changeRows(params, association, (rows) =>
    rows
      .toSorted((one, other) =>
        timeOf(one) < timeOf(other) ? -1 : timeOf(one) > timeOf(other) ? 1 : 0,
      )
      .map((row, position) => ({ ...row, position })),
  )
}
