import { sameContent } from './equality.ts'
import { field, filledField, type Field } from './field.ts'
import {
  any,
  arrayOf,
  bigint,
  boolean,
  bytes,
  date,
  datetime,
  datetimeInSeconds,
  decimal,
  decimalAsNumber,
  duration,
  float,
  integer,
  json,
  map,
  naiveDatetime,
  storedWords,
  string,
  time,
  uuid,
  words,
} from './field-types.ts'
import { type Cast, type FieldType } from './field-type.ts'
import { checkOptions } from './options.ts'

/** `numeric` in the database: an exact decimal as text, or a number where that is near enough. */
function decimalField(): Field<string, false, false>
function decimalField(options: { as: 'number' }): Field<number, false, false>
function decimalField(options?: {
  as: 'number'
}): Field<string, false, false> | Field<number, false, false> {
  return options ? field<number>(decimalAsNumber) : field<string>(decimal)
}

type Element<Value, Nullable> = Nullable extends true ? Value | null : Value

/** The types a field may have. Each is NOT NULL until `.nullable()`. */
export const t = {
  /** The primary key: a `bigint` that the database counts up. */
  id: () => filledField<number>(bigint, 'database', { isPrimaryKey: true }),
  /** A `bigint` that points to the primary key of another table. */
  reference: () => field<number>(bigint),
  /** `text`. */
  string: () => field<string>(string),
  /** `integer`: 32 bits. */
  integer: () => field<number>(integer),
  /** `bigint`, up to what a JavaScript number holds exactly. */
  bigint: () => field<number>(bigint),
  /** `double precision`. */
  float: () => field<number>(float),
  /** `numeric`: text, so that nothing is rounded; `{ as: 'number' }` for a JavaScript number. */
  decimal: decimalField,
  /** `boolean`. */
  boolean: () => field<boolean>(boolean),
  /** `timestamptz`, to the millisecond; `{ precision: 'second' }` cuts what is sent to the second. */
  datetime: (options: { readonly precision?: 'second' } = {}) => {
    checkOptions('?', 't.datetime()', options, ['precision'])
    return field<Date>(options.precision ? datetimeInSeconds : datetime)
  },
  /** `timestamp`: a day and a time whose zone is known elsewhere, as `YYYY-MM-DDTHH:MM:SS`. */
  naiveDatetime: () => field<string>(naiveDatetime),
  /** `time`, as `HH:MM:SS`. */
  time: () => field<string>(time),
  /** `interval`, in ISO 8601: `P1DT2H`. */
  duration: () => field<string>(duration),
  /** `date`, as `YYYY-MM-DD`. */
  date: () => field<string>(date),
  /** `uuid`, in lower case. */
  uuid: () => field<string>(uuid),
  /** `bytea`. */
  bytes: () => field<Uint8Array>(bytes),
  /** One of a closed set of words, kept as text; or, given `{ draft: 0, live: 1 }`, as what stands for it there. */
  enum: enumField,
  /** `jsonb`. Casting takes what the guard recognises; without one, any object or list. */
  json: <Value>(guard: (value: unknown) => boolean = () => true) => field<Value>(json(guard)),
  /** `jsonb` that holds an object with any keys. */
  map: <Value extends object = { readonly [key: string]: unknown }>() => field<Value>(map()),
  /** `jsonb` that holds an object whose values are all of one type; `.nullable()` where some may be null. */
  mapOf: <Value, Nullable extends boolean>(element: Field<Value, Nullable, false>) =>
    field<{ readonly [key: string]: Element<Value, Nullable> }>(map(element.type)),
  /** A PostgreSQL array of one dimension. Nulls that are sent stay: `.nullable()` says so of the elements. */
  array: <Value, Nullable extends boolean>(element: Field<Value, Nullable, false>) =>
    field<readonly Element<Value, Nullable>[]>(arrayOf(element.type)),
  /** Anything at all. For virtual fields and embedded schemas: no column has this type. */
  any: () => field<unknown>(any),
  /** A type of your own. See FieldType for what each part does. */
  custom: <Value>(type: CustomType<Value>) => field<Value>(customType(type)),
} as const

function enumField<const Values extends readonly string[]>(
  values: Values,
): Field<Values[number], false, false>
function enumField<const Stored extends { readonly [word: string]: number | string }>(
  stored: Stored,
): Field<keyof Stored & string, false, false>
function enumField(
  values: readonly string[] | { readonly [word: string]: number | string },
): Field<string, false, false> {
  return field(isList(values) ? words(values) : storedWords(new Map(Object.entries(values))))
}

function isList(values: object): values is readonly string[] {
  return Array.isArray(values)
}

/** A type of your own, over one that PostgreSQL has. */
export interface CustomType<Value> {
  /** As it appears in the `type` of an error's meta. */
  readonly name: string
  /** The names of the column types that can hold it, as `\d` prints them: `['text']`. */
  readonly sqlTypes: readonly string[]
  /** From outside to a value; `{ ok: false, message }` says what is wrong. Never sees null. */
  readonly cast: (
    value: unknown,
  ) => { readonly ok: true; readonly value: Value } | (Cast & { readonly ok: false })
  /** From PostgreSQL's text form to a value. */
  readonly load: (text: string) => Value
  /** From a value to what the driver sends: text, a number, a boolean. */
  readonly dump: (value: Value) => unknown
  /** Whether two values are the same. By content unless said. */
  readonly equal?: (left: Value, right: Value) => boolean
  /** A new value, for `.autogenerate()`. */
  readonly generate?: () => Value
}

function customType<Value>({ load, equal, generate, ...type }: CustomType<Value>): FieldType {
  // Only values that `cast` or `load` made come in here: the field's type is Value.
  const { dump, cast } = type as unknown as Pick<FieldType, 'cast'> &
    Required<Pick<FieldType, 'dump'>>
  return {
    name: type.name,
    sqlTypes: type.sqlTypes,
    blankIsEmpty: true,
    cast: (value) => {
      const done = cast(value)
      // The type's name is ours to say.
      if (done.ok || !done.meta) return done
      const { type: _type, ...meta } = done.meta
      return { ...done, meta }
    },
    equal: equal ? (left, right) => equal(left as Value, right as Value) : sameContent,
    holds: () => true,
    dump,
    parse: load,
    toJson: dump,
    // As PostgreSQL writes it, which has but one letter for a boolean.
    fromJson: (json) => ({
      ok: true,
      value: load(typeof json === 'boolean' ? (json ? 't' : 'f') : String(json)),
    }),
    ...(generate && { generate }),
  }
}

interface TimestampOptions<Inserted, Updated> {
  /** The field that keeps when the row was new; false for none. */
  readonly insertedAt?: Inserted
  /** The field that keeps when it last changed; false for none. */
  readonly updatedAt?: Updated
  readonly precision?: 'second'
}

type Timestamps<Name> = { readonly [F in Name & string]: Field<Date, false, true> }

/** `insertedAt` and `updatedAt`. The repo sets both, to one moment, when a row is new; later `updatedAt` only. */
export function timestamps<
  const Inserted extends string | false = 'insertedAt',
  const Updated extends string | false = 'updatedAt',
>(options: TimestampOptions<Inserted, Updated> = {}): Timestamps<Inserted> & Timestamps<Updated> {
  checkOptions('?', 'timestamps()', options, ['insertedAt', 'updatedAt', 'precision'])
  const insertedAt: string | false = options.insertedAt ?? 'insertedAt'
  const updatedAt: string | false = options.updatedAt ?? 'updatedAt'
  const type = options.precision ? datetimeInSeconds : datetime
  const fields = {
    ...(insertedAt !== false && { [insertedAt]: filledField<Date>(type, 'repo on insert') }),
    ...(updatedAt !== false && {
      [updatedAt]: filledField<Date>(type, 'repo on insert and update'),
    }),
  }
  // The names are those of the options, or the two that their types fall back to.
  return fields as Timestamps<Inserted> & Timestamps<Updated>
}
