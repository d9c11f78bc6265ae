import { prototypesOf } from '../schema/instance.ts'
import { type Row } from '../schema/row.ts'
import { type AnySchema } from '../schema/schema.ts'
import { type RawRow } from './connection.ts'

/** Makes rows of a schema from the columns of a result, which come in the schema's order. */
export function loader<S extends AnySchema>(schema: S): (raw: RawRow) => Row<S> {
  const { loaded } = prototypesOf(schema)
  return (raw) => {
    const row: Record<string, unknown> = Object.create(loaded)
    for (const { name, index, field } of schema.columns) {
      const text = raw[index] ?? null
      row[name] = text === null || !field.type.parse ? text : field.type.parse(text)
    }
    // Every column has just been set from the database, on the prototype of this schema.
    return row as Row<S>
  }
}
