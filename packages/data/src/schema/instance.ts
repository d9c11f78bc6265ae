import { UnknownFieldError } from '../errors.ts'
import { associationNames } from './associations.ts'
import {
  type FieldName,
  type RelatedRows,
  type RelationName,
  type Row,
  type RowLoadedWith,
  type RowOf,
  type RowState,
  SCHEMA,
  type SpecOfGiven,
  STATE,
  type Values,
} from './row.ts'
import { type AnySchema } from './schema.ts'
import { type AnyRow, fallbackOf, shapeOf } from './shape.ts'

export { fallbackOf }

type Refused<S extends AnySchema, Given> = {
  readonly [K in Exclude<keyof Given, FieldName<S> | RelationName<S>>]: never
}

/**
 * A new row in memory. What is not given is its field's default, or else null: a built row is for a
 * changeset, which is what sees to it that nothing is missing. Associated rows may be given with it,
 * and `repo.insert` stores them all.
 *
 * @throws UnknownFieldError
 */
export function build<S extends AnySchema>(schema: S): Row<S>
export function build<S extends AnySchema, const Given extends Values<S> & RelatedRows<S>>(
  schema: S,
  values: Given & Refused<S, Given>,
): Row<S, SpecOfGiven<S, Given>>
export function build(schema: AnySchema, values: object = {}): RowOf<AnySchema> {
  const related = associationNames(schema).filter((name) => Object.hasOwn(values, name))
  for (const name of Object.keys(values)) {
    if (Object.hasOwn(schema.fields, name) || related.includes(name)) continue
    throw new UnknownFieldError(schema, name, 'build()')
  }
  const row: AnyRow = Object.create(shapeOf(schema, 'built', related).prototype)
  for (const { name } of [...schema.columns, ...schema.virtuals]) {
    const given: unknown = Object.hasOwn(values, name) ? Reflect.get(values, name) : undefined
    row[name] = given === undefined ? fallbackOf(schema, name) : given
  }
  for (const name of related) row[name] = Reflect.get(values, name)
  // Every field has just been set, on the prototype of this schema.
  return row as unknown as RowOf<AnySchema>
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

/** A copy in the given state, with some fields and associations replaced and some associations let go. */
export function rowWith<S extends AnySchema, Spec = unknown>(
  row: RowLoadedWith<S, Spec>,
  state: RowState,
  replaced: object = {},
  forgotten: readonly string[] = [],
): Row<S, Spec> {
  const schema = row[SCHEMA]
  const kept = associationNames(schema).filter(
    (name) =>
      Object.hasOwn(replaced, name) || (Object.hasOwn(row, name) && !forgotten.includes(name)),
  )
  const copy = shapeOf(schema, state, kept).fromRow(row)
  // The same schema and columns: only values differ.
  return Object.assign(copy, replaced) as unknown as Row<S, Spec>
}
