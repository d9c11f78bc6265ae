import { AssociationNotLoadedError, UnknownFieldError } from '../errors.ts'
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

type Prototypes = { readonly [state in RowState]: object }

const prototypes = new WeakMap<AnySchema, Prototypes>()

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
  const row: Record<string, unknown> = Object.create(prototypesOf(schema).built)
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

export function stateOf(row: RowOf<AnySchema>): RowState {
  // Rows are only ever made with one of the prototypes below.
  return (row as RowOf<AnySchema> & { readonly [STATE]: RowState })[STATE]
}

export function schemaOf<S extends AnySchema>(row: RowOf<S>): S {
  return row[SCHEMA]
}

export function isRow(value: unknown): value is RowOf<AnySchema> {
  return typeof value === 'object' && value !== null && SCHEMA in value
}

/** A copy in the given state, with some columns or loaded associations replaced. */
export function rowWith<S extends AnySchema, R extends RowOf<S>>(
  row: R,
  state: RowState,
  replaced: object = {},
): R {
  const copy: object = Object.create(prototypesOf(row[SCHEMA])[state])
  // Same schema, same columns: only the values of `replaced` and the state differ.
  return Object.assign(copy, row, replaced)
}

/** One prototype per state: what a row is besides its columns costs nothing per row. */
export function prototypesOf(schema: AnySchema): Prototypes {
  const known = prototypes.get(schema)
  if (known) return known
  const base = Object.create(Object.prototype, {
    [SCHEMA]: { value: schema },
    ...Object.fromEntries(
      associationNames(schema).map((name) => [name, { get: notLoaded(schema, name) }]),
    ),
  })
  const inState = (state: RowState): object => Object.create(base, { [STATE]: { value: state } })
  const fresh = { built: inState('built'), loaded: inState('loaded'), deleted: inState('deleted') }
  prototypes.set(schema, fresh)
  return fresh
}

function notLoaded(schema: AnySchema, name: string): () => never {
  return () => {
    throw new AssociationNotLoadedError(schema, name)
  }
}
