import { CastError } from '../../errors.ts'
import { type FieldType } from '../../schema/field-type.ts'
import { fromJsonOf } from '../../schema/field-types.ts'
import { type Row } from '../../schema/row.ts'
import { type AnySchema, type Column } from '../../schema/schema.ts'
import { fallbackOf, shapeOf } from '../../schema/shape.ts'
import { shown } from '../../schema/shown.ts'

/** See Repo. */
export function load<S extends AnySchema>(
  schema: S,
  raw: { readonly [name: string]: unknown },
): Row<S> {
  const givenFor = ({ name, column }: Column): unknown =>
    Object.hasOwn(raw, name) ? raw[name] : raw[column]
  const isGiven = ({ name, column }: Column): boolean =>
    Object.hasOwn(raw, name) || Object.hasOwn(raw, column)
  const stored = schema.columns.filter(isGiven)
  const computed = schema.virtuals.filter(isGiven)
  const all = stored.length === schema.columns.length && computed.length === 0
  const columns = all ? schema.columns : [...stored, ...computed]
  const values = {
    ...Object.fromEntries(schema.virtuals.map(({ name }) => [name, fallbackOf(schema, name)])),
    ...Object.fromEntries(
      columns.map((column) => [column.name, loaded(schema, column, givenFor(column))]),
    ),
  }
  // Every column of the shape has just been given a value of its type.
  return shapeOf(schema, 'loaded', [], columns).fromRow(values) as Row<S>
}

function loaded({ source }: AnySchema, { name, field }: Column, given: unknown): unknown {
  const { type } = field
  if (given === null || given === undefined) return type.whenNull?.() ?? null
  for (const read of readings(type, given)) {
    const value = attempted(read)
    if (value !== undefined && type.holds(value)) return value
  }
  throw new CastError(
    `${shown(field, given)} given to repo.load() for "${name}" of "${source}" is not of type ${type.name}.`,
  )
}

/** The ways in which a value may have come, the likeliest first. */
function readings(type: FieldType, given: unknown): readonly (() => unknown)[] {
  const { parse } = type
  const asIs = (): unknown => given
  const fromJson = (): unknown => {
    const done = fromJsonOf(type, given)
    return done.ok ? done.value : undefined
  }
  return parse && isPlain(given) ? [() => parse(String(given)), asIs, fromJson] : [asIs, fromJson]
}

function isPlain(value: unknown): value is string | number | bigint | boolean {
  return ['string', 'number', 'bigint', 'boolean'].includes(typeof value)
}

/** What cannot be read one way may be another. */
function attempted(read: () => unknown): unknown {
  try {
    return read()
  } catch {
    return undefined
  }
}
