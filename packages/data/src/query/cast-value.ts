import { CastError, QueryError } from '../errors.ts'
import { type AnySchema, type Column } from '../schema/schema.ts'
import { shown } from '../schema/shown.ts'

/**
 * Casts what is compared with a column, so that `'42'` from an address finds row 42.
 *
 * @throws CastError · QueryError for null, with which nothing compares as equal in SQL.
 */
export function castValue(schema: AnySchema, column: Column, value: unknown): unknown {
  const { type } = column.field
  if (value === null || value === undefined) {
    throw new QueryError(
      `${value === null ? 'null' : 'undefined'} was given for "${column.name}" of "${schema.source}", and in SQL nothing equals null. ` +
        `Use where('${column.name}', 'is', null) to ask for absence.`,
    )
  }
  const done = type.cast(value)
  if (done.ok) return dumped(column, done.value)
  throw new CastError(
    `${shown(column.field, value)} given for "${column.name}" of "${schema.source}" cannot be cast to ${type.name}.`,
  )
}

/** A field's value as the driver sends it. */
export function dumped({ field: { type } }: Column, value: unknown): unknown {
  return value === null || type.dump === undefined ? value : type.dump(value)
}
