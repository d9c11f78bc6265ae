import { quoted } from '../query/statement.ts'
import { type Row } from '../schema/row.ts'
import { type AnySchema, type Column } from '../schema/schema.ts'
import { shapeOf } from '../schema/shape.ts'
import { type RawRow } from './wire.ts'

/** `"id", "published_at"` */
export function columnList(columns: readonly Column[]): string {
  return columns.map(({ column }) => quoted(column)).join(', ')
}

/** The row behind a statement that returned every column of the schema, in its order. */
export function loadedRow<S extends AnySchema>(schema: S, raw: RawRow): Row<S> {
  // fromText sets every column, on the prototype of this schema.
  return shapeOf(schema, 'loaded').fromText(raw) as Row<S>
}

/** What the repo itself writes into a new row. */
export function filledOnInsert(schema: AnySchema, now: Date): Record<string, Date> {
  const filled = schema.columns.filter(({ field }) => field.filledBy.startsWith('repo'))
  return Object.fromEntries(filled.map(({ name }) => [name, now]))
}

/** What the repo itself writes into a row that changes. */
export function filledOnUpdate(schema: AnySchema, now: Date): Record<string, Date> {
  const filled = schema.columns.filter(
    ({ field }) => field.filledBy === 'repo on insert and update',
  )
  return Object.fromEntries(filled.map(({ name }) => [name, now]))
}
