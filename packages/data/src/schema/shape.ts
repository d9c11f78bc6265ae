import { inspect } from 'node:util'

import { AssociationNotLoadedError, FieldNotSelectedError } from '../errors.ts'
import { associationNames, checkAssociations } from './associations.ts'
import { type RowState, SCHEMA, STATE } from './row.ts'
import { type AnySchema, type Column } from './schema.ts'

/**
 * How rows of a schema look with certain columns and associations: their prototype, on which all that
 * they lack throws, and their constructors.
 */
export interface Shape {
  readonly schema: AnySchema
  /** What is read, in its order: columns, and virtual fields that the query computes. */
  readonly columns: readonly Column[]
  /** The associations that rows of this shape hold. */
  readonly associations: readonly string[]
  readonly prototype: object
  /** A row of columns as text, in the order of the shape's. Its associations are yet undefined. */
  readonly fromText: (columns: readonly (string | null)[]) => AnyRow
  /** A copy of a row, with those of its associations that this shape has. */
  readonly fromRow: (row: object) => AnyRow
}

/** A row from inside, where it is completed before anybody sees it. */
export type AnyRow = Record<string, unknown>

const shapes = new WeakMap<AnySchema, Map<string, Shape>>()

export function shapeOf(
  schema: AnySchema,
  state: RowState,
  associations: readonly string[] = [],
  columns: readonly Column[] = schema.columns,
): Shape {
  const known = shapes.get(schema) ?? firstShapes(schema)
  const selected = columns === schema.columns ? '' : columns.map(({ index }) => index).join()
  const key = `${state} ${associations.join(' ')} ${selected}`
  const found = known.get(key)
  if (found) return found
  const parts = {
    schema,
    columns,
    associations,
    prototype: prototypeOf(schema, state, associations, columns),
  }
  const fresh: Shape = {
    ...parts,
    fromText: maker(parts, FROM_TEXT),
    fromRow: maker(parts, FROM_ROW),
  }
  known.set(key, fresh)
  return fresh
}

function firstShapes(schema: AnySchema): Map<string, Shape> {
  // Nothing is made of a schema that cannot be right.
  checkAssociations(schema)
  const first = new Map<string, Shape>()
  shapes.set(schema, first)
  return first
}

/** Rows with all of their columns have all of their virtual fields, those at their defaults that nothing computes. */
function defaulted(schema: AnySchema, columns: readonly Column[]): readonly Column[] {
  const whole = columns === schema.columns || schema.columns.every((one) => columns.includes(one))
  return whole ? schema.virtuals.filter((one) => !columns.includes(one)) : []
}

function prototypeOf(
  schema: AnySchema,
  state: RowState,
  loaded: readonly string[],
  columns: readonly Column[],
): object {
  const absent: PropertyDescriptorMap = {}
  for (const name of associationNames(schema)) {
    if (loaded.includes(name)) continue
    absent[name] = {
      get: throwing(() => new AssociationNotLoadedError(schema, name, waysTo(prototype))),
    }
  }
  const present = [...columns, ...defaulted(schema, columns)]
  for (const column of [...schema.columns, ...schema.virtuals]) {
    if (present.includes(column)) continue
    absent[column.name] = { get: throwing(() => new FieldNotSelectedError(schema, column.name)) }
  }
  const prototype: object = Object.create(Object.prototype, {
    [SCHEMA]: { value: schema },
    [STATE]: { value: state },
    ...printing(schema),
    ...absent,
  })
  return prototype
}

/** A row is printed without the fields that nobody is to see. */
function printing({ columns, virtuals }: AnySchema): PropertyDescriptorMap {
  const secrets = [...columns, ...virtuals].filter(({ field }) => field.isRedacted)
  if (secrets.length === 0) return {}
  const shown = function (this: AnyRow): AnyRow {
    const row = { ...this }
    for (const { name } of secrets) delete row[name]
    return row
  }
  return { [inspect.custom]: { value: shown } }
}

/** How rows came to be loaded: by this path of associations from rows of `root`. */
export interface Way {
  readonly root: AnySchema
  readonly path: readonly string[]
}

const MOST_WAYS = 3
const ways = new WeakMap<object, Map<string, Way>>()

/** Remembers how rows of this row's shape came, the last few ways: a message says what to add where. */
export function cameBy(row: object, way: Way): void {
  const prototype: object = Object.getPrototypeOf(row)
  const known = ways.get(prototype) ?? new Map<string, Way>()
  ways.set(prototype, known)
  const key = `${way.root.source} ${way.path.join('.')}`
  known.delete(key)
  known.set(key, way)
  const [oldest] = known.keys()
  if (known.size > MOST_WAYS && oldest !== undefined) known.delete(oldest)
}

function waysTo(prototype: object): readonly Way[] {
  return [...(ways.get(prototype)?.values() ?? [])]
}

function throwing(error: () => Error): () => never {
  return () => {
    throw error()
  }
}

/**
 * A function that makes rows out of something that has their columns. Written as source, so that all
 * rows of a shape are built alike and every field has its place: a row of 40 columns takes 0.07 µs,
 * where setting them in a loop takes 1.
 */
function maker(
  { schema, columns, associations, prototype }: Omit<Shape, 'fromText' | 'fromRow'>,
  parts: {
    readonly column: (column: Column, at: number) => string
    readonly virtual: (column: Column, at: number) => string
    readonly association: (name: string) => string
  },
): (source: object) => AnyRow {
  const virtuals = defaulted(schema, columns)
  const lines = [
    ...columns.map((column, at) => `this[${quoted(column.name)}] = ${parts.column(column, at)}`),
    ...virtuals.map((column, at) => `this[${quoted(column.name)}] = ${parts.virtual(column, at)}`),
    ...associations.map((name) => `this[${quoted(name)}] = ${parts.association(name)}`),
  ]
  const source = `
    function Row(source) {
      ${lines.join('\n')}
    }
    Row.prototype = prototype
    return (source) => new Row(source)`
  const parsers = columns.map(({ field }) => field.type.parse)
  const nulls = columns.map(({ field }) => field.type.whenNull)
  const defaults = virtuals.map(
    ({ name }) =>
      () =>
        fallbackOf(schema, name),
  )
  // Names come from schemas, which are source code themselves, and are quoted.
  // oxlint-disable-next-line no-new-func, no-implied-eval
  const make = new Function('parsers', 'nulls', 'defaults', 'prototype', source)
  return make(parsers, nulls, defaults, prototype) as (source: object) => AnyRow
}

const FROM_TEXT = {
  column: ({ field: { type } }: Column, at: number) => {
    const whenNull = type.whenNull ? `nulls[${at}]()` : 'null'
    if (type.parse) return `source[${at}] === null ? ${whenNull} : parsers[${at}](source[${at}])`
    return type.whenNull ? `source[${at}] ?? ${whenNull}` : `source[${at}]`
  },
  virtual: (_column: Column, at: number) => `defaults[${at}]()`,
  association: () => 'undefined',
}

const FROM_ROW = {
  column: ({ name }: Column) => `source[${quoted(name)}]`,
  virtual: ({ name }: Column) => `source[${quoted(name)}]`,
  association: (name: string) =>
    `Object.hasOwn(source, ${quoted(name)}) ? source[${quoted(name)}] : undefined`,
}

function quoted(name: string): string {
  return JSON.stringify(name)
}

/** What a new row holds in this field when nothing is given. */
export function fallbackOf(schema: AnySchema, name: string): unknown {
  const fallback = schema.fields[name]?.fallback
  const value: unknown = typeof fallback === 'function' ? fallback() : fallback
  return value === undefined ? null : value
}
