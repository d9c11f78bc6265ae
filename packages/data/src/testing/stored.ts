import { build, rowWith } from '../schema/instance.ts'
import { type Row, type RowOf, type Values } from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'

/** A row as if it came from the database, with these associations loaded. */
export function stored<S extends AnySchema>(
  schema: S,
  values: Values<S>,
  related: object = {},
): Row<S> {
  const row: RowOf<AnySchema> = build<AnySchema, object>(schema, values)
  return rowWith(row, 'loaded', related) as unknown as Row<S>
}
