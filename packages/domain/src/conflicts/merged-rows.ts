import { type RowChange } from '../activity/index.ts'

/** What a form sent, once it is parsed. */
export type SentParams = { readonly [name: string]: unknown }

/**
 * The form's rows in relations, with what others did to them meanwhile: rows that they added are there, those that they
 * took away are not, and what only they changed in one is not sent back.
 */
export function mergedRows(params: SentParams, rows: readonly RowChange[]): SentParams {
  const merged: Record<string, unknown> = { ...params }
  for (const [relation, changes] of Map.groupBy(rows, (one) => one.relation)) {
    if (Object.hasOwn(params, relation)) merged[relation] = mergedList(params[relation], changes)
  }
  return merged
}

function mergedList(sent: unknown, changes: readonly RowChange[]): readonly SentParams[] {
  let list = entriesOf(sent)
  for (const { change, id, fields } of changes) {
    const isThis = (entry: SentParams) => id !== null && String(entry['id']) === String(id)
    if (change === 'removed') {
      list = list.filter((entry) => !isThis(entry))
    } else if (change === 'changed') {
      list = list.map((entry) => (isThis(entry) ? withoutUntouched(entry, fields) : entry))
    } else if (id !== null && !list.some(isThis)) {
      list = [...list, { id: String(id) }]
    }
  }
  return list
}

/** An entry, less the fields in which it says what was there before somebody else changed them. */
function withoutUntouched(entry: SentParams, fields: RowChange['fields']): SentParams {
  return Object.fromEntries(
    Object.entries(entry).filter(([name, value]) => {
      const changed = fields[name]
      return !changed || textOf(value) !== textOf(changed.before)
    }),
  )
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : JSON.stringify(value)
}

/** Rows come as a list, or under the numbers that the form gave them. */
function entriesOf(sent: unknown): readonly SentParams[] {
  if (typeof sent !== 'object' || sent === null) return []
  return Object.values(sent).filter(
    (entry): entry is SentParams => typeof entry === 'object' && entry !== null,
  )
}
