import { inspect } from 'node:util'

import { CastError, SchemaError } from '../errors.ts'
import { sameContent } from './equality.ts'
import { type AnyField, type Field, field } from './field.ts'
import { type FieldType, type OnReplace } from './field-type.ts'
import { fromJsonOf, toJsonOf } from './field-types.ts'
import { build, fallbackOf, isRow, schemaOf } from './instance.ts'
import { isRecord } from './casts.ts'
import { checkOptions } from './options.ts'
import { type Row } from './row.ts'
import { type AnySchema } from './schema.ts'
import { type AnyRow, shapeOf } from './shape.ts'
import { shown } from './shown.ts'

interface EmbedsOneOptions {
  /** What becomes of the row that a changeset replaces or leaves out. `raise` unless said. */
  readonly onReplace?: 'raise' | 'markAsInvalid' | 'update' | 'delete'
  /** A row of defaults, instead of null, where nothing was stored. */
  readonly defaultsToRow?: boolean
}

interface EmbedsManyOptions {
  readonly onReplace?: 'raise' | 'markAsInvalid' | 'delete'
}

export type EmbedsOne<Target extends AnySchema> = Field<Row<Target> | null, true, true>
export type EmbedsMany<Target extends AnySchema> = Field<readonly Row<Target>[], false, true>

/** A row inside this row, in a `jsonb` column; null when there is none. Changed by `castEmbed` and `putEmbed`. */
export function embedsOne<Target extends AnySchema>(
  schema: Target,
  options: EmbedsOneOptions = {},
): EmbedsOne<Target> {
  const { defaultsToRow = false } = options
  const type = embedType('embedsOne()', schema, options, ['onReplace', 'defaultsToRow'])
  const nothing = () => (defaultsToRow ? build(schema) : null)
  return field<Row<Target> | null>({ ...type, whenNull: nothing })
    .default(nothing)
    .nullable()
}

/** Rows inside this row, in order, in a `jsonb` column. NULL is read as none. */
export function embedsMany<Target extends AnySchema>(
  schema: Target,
  options: EmbedsManyOptions = {},
): EmbedsMany<Target> {
  const type = embedType('embedsMany()', schema, options, ['onReplace'])
  return field<readonly Row<Target>[]>({ ...type, whenNull: () => [] }).default(() => [])
}

function embedType(
  call: 'embedsOne()' | 'embedsMany()',
  schema: AnySchema,
  options: { readonly onReplace?: OnReplace },
  known: readonly string[],
): FieldType {
  if (schema === undefined) {
    throw new SchemaError('?', 'embedsOne() and embedsMany() take a schema, got undefined.')
  }
  checkOptions(schema.source, call, options, known)
  const { onReplace = 'raise' } = options
  const many = call === 'embedsMany()'
  const choices = ['raise', 'markAsInvalid', 'delete', ...(many ? [] : ['update'])]
  if (!choices.includes(onReplace)) {
    throw new SchemaError(
      schema.source,
      `onReplace of ${call} cannot be '${onReplace}'. It is one of: ${choices.join(', ')}.`,
    )
  }
  const read = (json: unknown): unknown =>
    many && Array.isArray(json)
      ? json.map((item) => embeddedLoad(schema, item))
      : embeddedLoad(schema, json)
  const write = (value: unknown): unknown =>
    Array.isArray(value) ? value.map((item) => jsonOf(item)) : jsonOf(value)
  const isOurs = (value: unknown): boolean => isRow(value) && schemaOf(value) === schema
  return {
    name: many ? 'embeds many' : 'embeds one',
    sqlTypes: ['jsonb', 'json'],
    blankIsEmpty: false,
    cast: () => ({ ok: false }),
    equal: (left, right) => sameContent(write(left), write(right)),
    holds: (value) => (many ? Array.isArray(value) && value.every(isOurs) : isOurs(value)),
    dump: (value) => JSON.stringify(write(value)),
    parse: (text) => read(JSON.parse(text)),
    toJson: write,
    fromJson: (json) => ({ ok: true, value: read(json) }),
    embed: { schema, many, onReplace },
  }
}

function jsonOf(row: unknown): unknown {
  return isRow(row) ? embeddedDump(row) : row
}

/**
 * A row as plain JSON, field by field: what an embed stores, and what may be sent to another program.
 * Virtual fields and associations are not in it.
 */
export function embeddedDump(row: object): { readonly [name: string]: unknown } {
  if (!isRow(row))
    throw new TypeError(`embeddedDump() takes a row, got: ${inspect(row, { depth: 0 })}`)
  const entries = schemaOf(row).columns.map(({ name, field: { type, sourceName } }) => {
    return [sourceName ?? name, toJsonOf(type, Reflect.get(row, name))]
  })
  return Object.fromEntries(entries)
}

/**
 * A row out of JSON, of any schema and without a database. Keys it does not know are ignored, missing
 * ones are null.
 *
 * @throws CastError for a value of another type: JSON of ours, or of somebody trusted, has none.
 */
export function embeddedLoad<S extends AnySchema>(schema: S, json: unknown): Row<S> {
  if (!isRecord(json)) {
    throw new CastError(
      `cannot load ${inspect(json, { depth: 0 })} as a row: it is no JSON object.`,
    )
  }
  const row: AnyRow = Object.create(shapeOf(schema, 'loaded').prototype)
  for (const { name, field } of schema.columns) {
    const { type, sourceName } = field
    const value = json[sourceName ?? name]
    row[name] = value == null ? (type.whenNull?.() ?? null) : loaded(field, name, value)
  }
  for (const { name } of schema.virtuals) row[name] = fallbackOf(schema, name)
  // Every field has just been set, on the prototype of this schema.
  return row as Row<S>
}

function loaded(field: AnyField, name: string, value: unknown): unknown {
  const done = fromJsonOf(field.type, value)
  if (done.ok) return done.value
  throw new CastError(
    `cannot load ${shown(field, value)} as type ${field.type.name} for the field "${name}".`,
  )
}
