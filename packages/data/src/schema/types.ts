import {
  castArray,
  castBoolean,
  castBytes,
  castDate,
  castDatetime,
  castDecimal,
  castEnum,
  castFloat,
  castInteger,
  castJson,
  castString,
  castUuid,
} from './casts.ts'
import { sameContent, sameDecimal } from './equality.ts'
import { field, filledField, type Field } from './field.ts'
import { type FieldType } from './field-type.ts'
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
}

const bigint: FieldType = {
  name: 'integer',
  sqlTypes: ['bigint'],
  blankIsEmpty: true,
  cast: (value) => castInteger(value, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  equal: (left, right) => left === right,
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
}

const decimal: FieldType = {
  name: 'decimal',
  sqlTypes: ['numeric'],
  blankIsEmpty: true,
  cast: castDecimal,
  equal: sameDecimal,
}

const decimalAsNumber: FieldType = { ...float, name: 'decimal', sqlTypes: ['numeric'] }

const boolean: FieldType = {
  name: 'boolean',
  sqlTypes: ['boolean'],
  blankIsEmpty: true,
  cast: castBoolean,
  equal: Object.is,
  parse: parseBoolean,
}

const datetime: FieldType = {
  name: 'datetime',
  sqlTypes: ['timestamp with time zone'],
  blankIsEmpty: true,
  cast: castDatetime,
  equal: sameContent,
  parse: parseTimestamptz,
}

const date: FieldType = { ...string, name: 'date', sqlTypes: ['date'], cast: castDate }

const uuid: FieldType = { ...string, name: 'uuid', sqlTypes: ['uuid'], cast: castUuid }

const bytes: FieldType = {
  name: 'bytes',
  sqlTypes: ['bytea'],
  blankIsEmpty: false,
  cast: castBytes,
  equal: sameContent,
  parse: parseBytes,
}

function enumeration(values: readonly string[]): FieldType {
  return { ...string, name: 'enum', cast: (value) => castEnum(value, values) }
}

function json(guard: (value: unknown) => boolean): FieldType {
  return {
    name: 'json',
    sqlTypes: ['jsonb', 'json'],
    blankIsEmpty: true,
    cast: (value) => castJson(value, guard),
    equal: sameContent,
    // The driver would write a JavaScript array as a PostgreSQL array, which is not JSON.
    dump: (value) => JSON.stringify(value),
    parse: parseJson,
  }
}

function arrayOf(element: FieldType): FieldType {
  const parse = element.parse?.bind(element) ?? ((text: string) => text)
  return {
    name: `array of ${element.name}`,
    sqlTypes: element.sqlTypes.map((name) => `${name}[]`),
    blankIsEmpty: true,
    cast: (value) => castArray(value, element),
    equal: sameContent,
    parse: (text) => parseArray(text, parse),
  }
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
  id: () => filledField<number>(bigint, 'database'),
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
  /** `timestamptz`. */
  datetime: () => field<Date>(datetime),
  /** `date`, as `YYYY-MM-DD`. */
  date: () => field<string>(date),
  /** `uuid`, in lower case. */
  uuid: () => field<string>(uuid),
  /** `bytea`. */
  bytes: () => field<Uint8Array>(bytes),
  /** One of a closed set of words, kept as text. */
  enum: <const Values extends readonly string[]>(values: Values) =>
    field<Values[number]>(enumeration(values)),
  /** `jsonb`. Casting takes what the guard recognises; without one, any object or list. */
  json: <Value>(guard: (value: unknown) => boolean = () => true) => field<Value>(json(guard)),
  /** A PostgreSQL array of one dimension. */
  array: <Value>(element: Field<Value, false, false>) =>
    field<readonly Value[]>(arrayOf(element.type)),
} as const

/** `insertedAt` and `updatedAt`. The repo sets both, to one moment, when a row is new; later `updatedAt` only. */
export function timestamps() {
  return {
    insertedAt: filledField<Date>(datetime, 'repo on insert'),
    updatedAt: filledField<Date>(datetime, 'repo on insert and update'),
  }
}
