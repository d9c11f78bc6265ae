/** By the name of a field, what stands in it. */
export type Values = Readonly<Record<string, string>>

/** What somebody changed in a form since the server sent it. */
export interface Work {
  readonly fields: Values
  /** By the id of a list of rows. */
  readonly rows: Readonly<Record<string, RowsWork>>
}

export interface RowsWork {
  /** By the number of a row that is stored, what was changed in it. */
  readonly changed: Readonly<Record<string, Values>>
  /** Rows that are not stored yet. */
  readonly added: readonly Values[]
  /** Where they were sorted: the numbers of rows, and `+0`, `+1` for those that were added. */
  readonly order: readonly string[] | null
}

export const NO_WORK: Work = { fields: {}, rows: {} }

export function isNothing({ fields, rows }: Work): boolean {
  return Object.keys(fields).length === 0 && Object.keys(rows).length === 0
}
