import { QueryError, UnknownFieldError } from '../../errors.ts'
import { type ColumnName, type Row, type Selection } from '../../schema/row.ts'
import { type AnySchema, type Column } from '../../schema/schema.ts'
import { shapeOf } from '../../schema/shape.ts'
import { type RawResult } from '../connection/wire.ts'

/** What a write of many rows gives back: the rows (`true`), these fields of them, or how many (`false`). */
export type Returning<S extends AnySchema> = boolean | readonly ColumnName<S>[]

/** The result that goes with it. */
export type Returned<S extends AnySchema, R> = R extends readonly (infer F extends string)[]
  ? Row<S, Selection<F>>[]
  : R extends true
    ? Row<S>[]
    : number

/** @throws UnknownFieldError · QueryError when no field is named. */
export function returnedColumns(
  schema: AnySchema,
  returning: Returning<AnySchema>,
  call: string,
): readonly Column[] {
  if (typeof returning === 'boolean') return returning ? schema.columns : []
  for (const name of returning) {
    if (!schema.columns.some((column) => column.name === name)) {
      throw new UnknownFieldError(schema, name, `${call} returning`)
    }
  }
  if (returning.length > 0) return schema.columns.filter(({ name }) => returning.includes(name))
  throw new QueryError(
    `${call} for "${schema.source}" was given an empty list of fields to return. Leave returning out, or say false.`,
  )
}

/** The rows, or how many there were, where none were asked for. */
export function resultOf(
  schema: AnySchema,
  columns: readonly Column[],
  results: readonly RawResult[],
): unknown {
  if (columns.length === 0) return results.reduce((sum, { count }) => sum + count, 0)
  const { fromText } = shapeOf(schema, 'loaded', [], columns)
  return results.flatMap(({ rows }) => rows.map(fromText))
}
