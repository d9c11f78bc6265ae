import { inspect } from 'node:util'

import { SchemaError } from '../errors.ts'
import { hint, snakeCase } from '../names.ts'
import { type AnyField, type AnyFields } from './field.ts'
import { checkOptions } from './options.ts'

/** A schema of any table, or of no table. What takes "a schema" takes this. */
export interface AnySchema {
  /** `embedded`: it has no table, so it cannot be queried; its rows are data, or live inside another row. */
  readonly kind: 'table' | 'embedded'
  /** The table's name in the database; empty for an embedded schema. */
  readonly source: string
  readonly fields: AnyFields
  /** Called once, on first use, so that schemas may refer to each other in a circle. */
  readonly associations: () => void
  /** The columns of the table. */
  readonly columns: readonly Column[]
  /** The fields that are in no table, their indexes after those of the columns. */
  readonly virtuals: readonly Column[]
  /** The columns that tell one row from every other. None, one, or together. */
  readonly primaryKey: readonly Column[]
  /** The field that says whose a row is. */
  readonly tenant: Column | undefined
}

/** A schema with a table. */
export interface TableSchema extends AnySchema {
  readonly kind: 'table'
}

export interface Schema<
  Source extends string,
  Fields extends AnyFields,
  Associations extends () => void,
  Kind extends 'table' | 'embedded' = 'table',
  Tenant extends string = never,
> extends AnySchema {
  readonly kind: Kind
  readonly source: Source
  readonly fields: Fields
  readonly associations: Associations
  readonly tenant: [Tenant] extends [never] ? undefined : Column & { readonly name: Tenant }
}

/** A field with both of its names. */
export interface Column {
  /** In TypeScript: `publishedAt`. */
  readonly name: string
  /** In the database: `published_at`. */
  readonly column: string
  readonly field: AnyField
  /** Its place among the columns of its schema. */
  readonly index: number
}

/** What an embedded schema may be told. */
interface EmbeddedOptions {
  /** Every field is shown as `**redacted**` but those of the primary key, as if each were `.redact()`ed. */
  readonly redact?: 'allExceptPrimaryKey'
}

export interface SchemaOptions<Name extends string = string> extends EmbeddedOptions {
  /** The field that says whose a row is: see `repo.forTenant`. */
  readonly tenant?: Name
}

/**
 * Says what a row of a table is. Everything else (row, query, changeset, Kysely table) is inferred
 * from it. The third argument is a function because schemas refer to each other.
 *
 * @throws SchemaError for what cannot be right: two fields of one column, a default of another type,
 * a tenant that is no field, an option that there is not.
 */
export function schema<const Source extends string, const Fields extends AnyFields>(
  source: Source,
  fields: Fields,
): Schema<Source, Fields, () => object>
export function schema<
  const Source extends string,
  const Fields extends AnyFields,
  Associations extends () => void,
  const Tenant extends keyof Fields & string = never,
>(
  source: Source,
  fields: Fields,
  associations: Associations,
  options?: SchemaOptions<Tenant>,
): Schema<Source, Fields, Associations, 'table', Tenant>
export function schema(
  source: string,
  fields: AnyFields,
  associations: () => void = () => ({}),
  options: SchemaOptions = {},
): AnySchema {
  return made('table', source, fields, associations, options)
}

/**
 * Says what a row is that has no table: what stands inside another row (`embedsOne`, `embedsMany`), a
 * form, a webhook's payload. It has changesets as any schema has, and cannot be queried.
 *
 * @throws SchemaError as `schema` does.
 */
export function embedded<const Fields extends AnyFields>(
  fields: Fields,
): Schema<'', Fields, () => object, 'embedded'>
export function embedded<const Fields extends AnyFields, Associations extends () => void>(
  fields: Fields,
  associations: Associations,
  options?: EmbeddedOptions,
): Schema<'', Fields, Associations, 'embedded'>
export function embedded(
  fields: AnyFields,
  associations: () => void = () => ({}),
  options: EmbeddedOptions = {},
): AnySchema {
  return made('embedded', '', fields, associations, options)
}

/** The same schema on another table, as `withSource` gives it. */
export type WithSource<S extends TableSchema, Source extends string> = Omit<S, 'source'> & {
  readonly source: Source
}

const copies = new WeakMap<AnySchema, Map<string, AnySchema>>()
const originals = new WeakMap<AnySchema, AnySchema>()

/**
 * The same schema on another table of the same columns: an archive, a partition. Its rows are rows of
 * that table, wherever they are written; foreign keys are found by the name of the first table. The same
 * table again is the same schema.
 */
export function withSource<S extends TableSchema, const Source extends string>(
  schema: S,
  source: Source,
): WithSource<S, Source> {
  const known = copies.get(schema) ?? new Map<string, AnySchema>()
  copies.set(schema, known)
  const copy = known.get(source) ?? { ...schema, source }
  known.set(source, copy)
  originals.set(copy, originalOf(schema))
  // What is kept under this name differs from the schema in its source alone.
  return copy as unknown as WithSource<S, Source>
}

/** The schema that this one was made of by `withSource`, or else itself. */
export function originalOf(schema: AnySchema): AnySchema {
  return originals.get(schema) ?? schema
}

function made(
  kind: 'table' | 'embedded',
  source: string,
  given: AnyFields,
  associations: () => void,
  options: SchemaOptions,
): AnySchema {
  const isTable = kind === 'table'
  const known = isTable ? ['tenant', 'redact'] : ['redact']
  checkOptions(source, isTable ? 'schema()' : 'embedded()', options, known)
  for (const [name, field] of Object.entries(given)) checkIsField(source, name, field)
  const fields = options.redact ? redactedButKeys(given) : given
  const stored = Object.entries(fields).filter(([, field]) => !field.isVirtual)
  const virtual = Object.entries(fields).filter(([, field]) => field.isVirtual)
  const columns = stored.map(columnOf)
  const virtuals = virtual.map((entry, index) => columnOf(entry, columns.length + index))
  refuseSharedColumns(source, columns)
  refuseTwoIds(source, columns)
  for (const column of [...columns, ...virtuals]) checkField(kind, source, column)
  return {
    kind,
    source,
    fields,
    associations,
    columns,
    virtuals,
    primaryKey: columns.filter(({ field }) => field.isPrimaryKey),
    tenant:
      options.tenant === undefined ? undefined : tenantColumn(source, columns, options.tenant),
  }
}

function redactedButKeys(fields: AnyFields): AnyFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      field.isPrimaryKey ? field : { ...field, isRedacted: true },
    ]),
  )
}

function columnOf([name, field]: [string, AnyField], index: number): Column {
  return { name, column: field.sourceName ?? snakeCase(name), field, index }
}

function tenantColumn(source: string, columns: readonly Column[], tenant: string): Column {
  const found = columns.find(({ name }) => name === tenant)
  if (found && !found.field.isNullable) return found
  throw new SchemaError(
    source,
    found
      ? `the tenant field "${tenant}" is nullable, so a row could belong to nobody. Take .nullable() away.`
      : `the tenant "${tenant}" is no field of it.${hint(
          'fields',
          tenant,
          columns.map(({ name }) => name),
        )}`,
  )
}

function refuseSharedColumns(source: string, columns: readonly Column[]): void {
  for (const { name, column, index } of columns) {
    const first = columns.findIndex((other) => other.column === column)
    if (first === index) continue
    throw new SchemaError(
      source,
      `the fields "${columns[first]?.name}" and "${name}" are both the column "${column}". Rename one of them.`,
    )
  }
}

function refuseTwoIds(source: string, columns: readonly Column[]): void {
  const [first, second] = columns.filter(
    ({ field }) => field.isPrimaryKey && field.filledBy === 'database',
  )
  if (!second) return
  throw new SchemaError(
    source,
    `the database numbers both "${first?.name}" and "${second.name}" of its primary key. One of them is t.id(); make the other t.reference().`,
  )
}

/** What stands in the place of a field, for whoever has no compiler to tell. */
function checkIsField(source: string, name: string, given: unknown): void {
  const parts = typeof given === 'object' && given !== null ? given : {}
  if ('type' in parts && 'filledBy' in parts) return
  const advice =
    typeof given === 'function'
      ? `is a function. Call it: t.string(), not t.string.`
      : 'columns' in parts
        ? `is a schema, which is no type of a field. Did you mean embedsOne or embedsMany, or an association, in the third argument: belongsTo, hasOne, hasMany or manyToMany?`
        : 'kind' in parts
          ? `is an association. Those stand in the third argument: () => ({ ${name}: … }).`
          : `is ${inspect(given, { depth: 0 })}, and not a field such as t.string().`
  throw new SchemaError(source, `the field "${name}" ${advice}`)
}

/** Mistakes that the types let pass. */
function checkField(kind: string, source: string, { name, field }: Column): void {
  const { type, fallback, isVirtual, generator, filledBy, isPrimaryKey, whenWritable } = field
  const refuse = (message: string): never => {
    throw new SchemaError(source, `the field "${name}" ${message}`)
  }
  if (fallback != null && typeof fallback !== 'function' && !type.holds(fallback)) {
    refuse(`has the default ${inspect(fallback)}, which is not of type ${type.name}.`)
  }
  if (type.name === 'any' && kind === 'table' && !isVirtual) {
    refuse(`is of type any, which no column has. Make it .virtual(), or t.json() or t.map().`)
  }
  if (isVirtual && (generator || filledBy === 'database' || isPrimaryKey)) {
    refuse(`is virtual, so nobody generates it, the database does not fill it, and it is no key.`)
  }
  if (generator && filledBy === 'database') {
    refuse(`is filled by .autogenerate() and by the database. Choose one of them.`)
  }
  if (generator && whenWritable !== 'always') {
    refuse(`is autogenerated, so it must be writable('always').`)
  }
}
