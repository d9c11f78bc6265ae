import { randomUUID } from 'node:crypto'

import {
  castAny,
  castArray,
  castBoolean,
  castBytes,
  castDate,
  castDatetime,
  castDatetimeInSeconds,
  castDecimal,
  castDuration,
  castEnum,
  castFloat,
  castInteger,
  castJson,
  castMap,
  castNaiveDatetime,
  castString,
  castTime,
  castUuid,
  isRecord,
} from './casts.ts'
import { sameContent, sameDecimal } from './equality.ts'
import { field, filledField, type Field } from './field.ts'
import { type Cast, type FieldType } from './field-type.ts'
import {
  parseArray,
  parseBoolean,
  parseBytes,
  parseInteger,
  parseJson,
  parseNumber,
  parseTimestamptz,
} from './parse.ts'

const INT4 = 2 ** 31

const string: FieldType = {
  name: 'string',
  sqlTypes: ['text', 'character varying', 'citext'],
  blankIsEmpty: true,
  cast: castString,
  equal: Object.is,
  holds: isText,
}

const bigint: FieldType = {
  name: 'integer',
  sqlTypes: ['bigint'],
  blankIsEmpty: true,
  cast: (value) => castInteger(value, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  equal: (left, right) => left === right,
  holds: Number.isSafeInteger,
  parse: parseInteger,
}

const integer: FieldType = {
  ...bigint,
  sqlTypes: ['integer', 'smallint'],
  cast: (value) => castInteger(value, -INT4, INT4 - 1),
  parse: parseNumber,
}

const float: FieldType = {
  ...integer,
  name: 'float',
  sqlTypes: ['double precision', 'real'],
  cast: castFloat,
  holds: Number.isFinite,
}

const decimal: FieldType = {
  ...string,
  name: 'decimal',
  sqlTypes: ['numeric'],
  cast: castDecimal,
  equal: sameDecimal,
  holds: (value) => isText(value) && castDecimal(value).ok,
}

const decimalAsNumber: FieldType = { ...float, name: 'decimal', sqlTypes: ['numeric'] }

const boolean: FieldType = {
  name: 'boolean',
  sqlTypes: ['boolean'],
  blankIsEmpty: true,
  cast: castBoolean,
  equal: Object.is,
  holds: (value) => typeof value === 'boolean',
  parse: parseBoolean,
}

const datetime: FieldType = {
  name: 'datetime',
  sqlTypes: ['timestamp with time zone'],
  blankIsEmpty: true,
  cast: castDatetime,
  equal: sameContent,
  holds: isMoment,
  parse: parseTimestamptz,
  toJson: (value) => (value instanceof Date ? value.toISOString() : value),
}

const datetimeInSeconds: FieldType = {
  ...datetime,
  cast: castDatetimeInSeconds,
  holds: (value) => isMoment(value) && value.getUTCMilliseconds() === 0,
}

const date: FieldType = { ...string, name: 'date', sqlTypes: ['date'], cast: castDate }

const time: FieldType = {
  ...string,
  name: 'time',
  sqlTypes: ['time without time zone'],
  cast: castTime,
  parse: (text) => text.slice(0, 8),
}

const naiveDatetime: FieldType = {
  ...string,
  name: 'naive datetime',
  sqlTypes: ['timestamp without time zone'],
  cast: castNaiveDatetime,
  parse: (text) => text.slice(0, 19).replace(' ', 'T'),
}

const duration: FieldType = {
  ...string,
  name: 'duration',
  sqlTypes: ['interval'],
  cast: castDuration,
}

const uuid: FieldType = {
  ...string,
  name: 'uuid',
  sqlTypes: ['uuid'],
  cast: castUuid,
  generate: randomUUID,
}

const bytes: FieldType = {
  name: 'bytes',
  sqlTypes: ['bytea'],
  blankIsEmpty: false,
  cast: castBytes,
  equal: sameContent,
  holds: (value) => value instanceof Uint8Array,
  parse: parseBytes,
  toJson: (value) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value),
  fromJson: (json) => ({ ok: true, value: Buffer.from(String(json), 'base64') }),
}

const any: FieldType = {
  name: 'any',
  sqlTypes: [],
  blankIsEmpty: false,
  cast: castAny,
  equal: sameContent,
  holds: () => true,
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function isMoment(value: unknown): value is Date {
  return value instanceof Date && !Number.isNaN(value.getTime())
}

function words(values: readonly string[]): FieldType {
  return {
    ...string,
    name: 'enum',
    cast: (value) => castEnum(value, values),
    holds: (value) => values.some((word) => word === value),
  }
}

function numberedWords(numbers: ReadonlyMap<string, number>): FieldType {
  const values = [...numbers.keys()]
  const byNumber = new Map([...numbers].map(([word, number]) => [String(number), word]))
  return {
    ...words(values),
    sqlTypes: integer.sqlTypes,
    cast: (value) => castEnum(value, values, numbers),
    dump: (value) => numbers.get(String(value)),
    // A number that no word stands for is a mistake in the schema, which reading it must not hide.
    parse: (text) => {
      const word = byNumber.get(text)
      if (word !== undefined) return word
      throw new RangeError(`${text} in the database stands for none of: ${values.join(', ')}`)
    },
  }
}

function json(guard: (value: unknown) => boolean): FieldType {
  return {
    name: 'json',
    sqlTypes: ['jsonb', 'json'],
    blankIsEmpty: true,
    cast: (value) => castJson(value, guard),
    equal: sameContent,
    holds: (value) => value !== undefined,
    // The driver would write a JavaScript array as a PostgreSQL array, which is not JSON.
    dump: (value) => JSON.stringify(value),
    parse: parseJson,
  }
}

/** Values come back from JSON as text where JSON has no such type, so they are cast again. */
function map(element?: FieldType): FieldType {
  const read = (value: unknown): unknown => {
    const done = castMap(value, element)
    return done.ok ? done.value : value
  }
  return {
    ...json(() => true),
    name: element ? `map of ${element.name}` : 'map',
    cast: (value) => castMap(value, element),
    holds: isRecord,
    parse: (text) => read(parseJson(text)),
  }
}

function arrayOf(element: FieldType): FieldType {
  const parse = element.parse ?? ((text: string) => text)
  const { dump } = element
  return {
    name: `array of ${element.name}`,
    sqlTypes: element.sqlTypes.map((name) => `${name}[]`),
    blankIsEmpty: true,
    element,
    cast: (value) => castArray(value, element),
    equal: (left, right) =>
      Array.isArray(left) &&
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, at) => sameItem(element, item, right[at])),
    holds: (value) =>
      Array.isArray(value) && value.every((item) => item === null || element.holds(item)),
    parse: (text) => parseArray(text, parse),
    ...(dump && {
      dump: (value) =>
        (value as readonly unknown[]).map((item) => (item === null ? null : dump(item))),
    }),
  }
}

function sameItem(element: FieldType, left: unknown, right: unknown): boolean {
  return left == null || right == null ? left === right : element.equal(left, right)
}

/** `numeric` in the database: an exact decimal as text, or a number where that is near enough. */
function decimalField(): Field<string, false, false>
function decimalField(options: { as: 'number' }): Field<number, false, false>
function decimalField(options?: {
  as: 'number'
}): Field<string, false, false> | Field<number, false, false> {
  return options ? field<number>(decimalAsNumber) : field<string>(decimal)
}

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
  datetime: (options?: { readonly precision: 'second' }) =>
    field<Date>(options ? datetimeInSeconds : datetime),
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
  /** One of a closed set of words, kept as text; or, given `{ draft: 0, live: 1 }`, as its number in an `integer`. */
  enum: enumField,
  /** `jsonb`. Casting takes what the guard recognises; without one, any object or list. */
  json: <Value>(guard: (value: unknown) => boolean = () => true) => field<Value>(json(guard)),
  /** `jsonb` that holds an object with any keys. */
  map: <Value extends object = { readonly [key: string]: unknown }>() => field<Value>(map()),
  /** `jsonb` that holds an object whose values are all of one type. */
  mapOf: <Value>(element: Field<Value, false, false>) =>
    field<{ readonly [key: string]: Value }>(map(element.type)),
  /** A PostgreSQL array of one dimension. Casting leaves nulls in it as they are. */
  array: <Value>(element: Field<Value, false, false>) =>
    field<readonly Value[]>(arrayOf(element.type)),
  /** Anything at all. For virtual fields and embedded schemas: no column has this type. */
  any: () => field<unknown>(any),
  /** A type of your own. See FieldType for what each part does. */
  custom: <Value>(type: CustomType<Value>) => field<Value>(customType(type)),
} as const

function enumField<const Values extends readonly string[]>(
  values: Values,
): Field<Values[number], false, false>
function enumField<const Numbers extends { readonly [word: string]: number }>(
  numbers: Numbers,
): Field<keyof Numbers & string, false, false>
function enumField(
  values: readonly string[] | { readonly [word: string]: number },
): Field<string, false, false> {
  return field(isList(values) ? words(values) : numberedWords(new Map(Object.entries(values))))
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
    fromJson: (json) => ({ ok: true, value: load(String(json)) }),
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
