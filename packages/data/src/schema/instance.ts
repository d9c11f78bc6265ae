import { UnknownFieldError } from '../errors.ts'
import { associationNames } from './associations.ts'
import {
  type FieldName,
  type Row,
  type RowOf,
  type RowState,
  SCHEMA,
  STATE,
  type Values,
} from './row.ts'
import { type AnySchema } from './schema.ts'
import { type AnyRow, shapeOf } from './shape.ts'

/**
 * A new row in memory. What is not given is its field's default, or else null: a built row is for a
 * changeset, which is what sees to it that nothing is missing.
 *
 * @throws UnknownFieldError
 */
export function build<S extends AnySchema>(schema: S, values: Values<S> = {}): Row<S> {
  for (const name of Object.keys(values)) {
    if (!Object.hasOwn(schema.fields, name)) throw new UnknownFieldError(schema, name, 'build()')
  }
  const row: AnyRow = Object.create(shapeOf(schema, 'built').prototype)
  for (const { name } of schema.columns) {
    const given = Object.hasOwn(values, name) ? values[name as FieldName<S>] : undefined
    row[name] = given === undefined ? fallbackOf(schema, name) : given
  }
  // Every column has just been set, on the prototype of this schema.
  return row as Row<S>
}

/** What a new row holds in this field when nothing is given. */
export function fallbackOf(schema: AnySchema, name: string): unknown {
  const fallback = schema.fields[name]?.fallback
  const value: unknown = typeof fallback === 'function' ? fallback() : fallback
  return value === undefined ? null : value
}

/** Whether a row is in memory only, in the database, or no longer there. */
export function stateOf(row: RowOf<AnySchema>): RowState {
  // Every row has one of the prototypes that shapeOf makes, which have both.
  return (row as RowOf<AnySchema> & { readonly [STATE]: RowState })[STATE]
}

export function schemaOf<S extends AnySchema>(row: RowOf<S>): S {
  return row[SCHEMA]
}

export function isRow(value: unknown): value is RowOf<AnySchema> {
  return typeof value === 'object' && value !== null && SCHEMA in value
}

/** The associations a row holds. */
export function loadedOn(row: RowOf<AnySchema>): string[] {
  return associationNames(row[SCHEMA]).filter((name) => Object.hasOwn(row, name))
}

/** A copy in the given state, with some columns replaced and some associations let go. */
export function rowWith<S extends AnySchema>(
  row: Row<S>,
  state: RowState,
  replaced: object = {},
  forgotten: readonly string[] = [],
): Row<S> {
  const kept = loadedOn(row).filter((name) => !forgotten.includes(name))
  const copy = shapeOf(row[SCHEMA], state, kept).fromRow(row)
  // The same schema and columns: only values differ.
  return Object.assign(copy, replaced) as Row<S>
}
