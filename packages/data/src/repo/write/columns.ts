import { quoted } from '../../query/statement.ts'
import { type Row } from '../../schema/row.ts'
import { type AnyField } from '../../schema/field.ts'
import { type AnySchema, type Column } from '../../schema/schema.ts'
import { shapeOf } from '../../schema/shape.ts'
import { type RawRow } from '../connection/wire.ts'

/** `"id", "published_at"` */
export function columnList(columns: readonly Column[]): string {
  return columns.map(({ column }) => quoted(column)).join(', ')
}

/** The row behind a statement that returned every column of the schema, in its order. */
export function loadedRow<S extends AnySchema>(schema: S, raw: RawRow): Row<S> {
  // fromText sets every column, on the prototype of this schema.
  return shapeOf(schema, 'loaded').fromText(raw) as Row<S>
}

/** What the repo itself writes into a new row where nothing was given. */
export function filledOnInsert(schema: AnySchema, now: Date): Record<string, unknown> {
  const filled: Record<string, unknown> = {}
  for (const { name, field } of schema.columns) {
    if (field.generator) filled[name] = field.generator()
    else if (field.filledBy.startsWith('repo')) filled[name] = momentOf(field, now)
  }
  return filled
}

/** What the repo itself writes into a row that changes. */
export function filledOnUpdate(schema: AnySchema, now: Date): Record<string, unknown> {
  const filled = schema.columns.filter(
    ({ field }) => field.filledBy === 'repo on insert and update',
  )
  return Object.fromEntries(filled.map(({ name, field }) => [name, momentOf(field, now)]))
}

/** A moment, to the precision of the field. */
export function momentOf({ type }: AnyField, now: Date): unknown {
  const done = type.cast(now)
  return done.ok ? done.value : now
}
