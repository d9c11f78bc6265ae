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
import { sameContent, sameDecimal, sameDuration } from './equality.ts'
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

export const string: FieldType = {
  name: 'string',
  sqlTypes: ['text', 'character varying', 'citext'],
  blankIsEmpty: true,
  cast: castString,
  equal: Object.is,
  holds: isText,
}

export const bigint: FieldType = {
  name: 'integer',
  sqlTypes: ['bigint'],
  blankIsEmpty: true,
  cast: (value) => castInteger(value, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  equal: (left, right) => left === right,
  holds: Number.isSafeInteger,
  parse: parseInteger,
}

export const integer: FieldType = {
  ...bigint,
  sqlTypes: ['integer', 'smallint'],
  cast: (value) => castInteger(value, -INT4, INT4 - 1),
  parse: parseNumber,
}

export const float: FieldType = {
  ...integer,
  name: 'float',
  sqlTypes: ['double precision', 'real'],
  cast: castFloat,
  holds: Number.isFinite,
}

export const decimal: FieldType = {
  ...string,
  name: 'decimal',
  sqlTypes: ['numeric'],
  cast: castDecimal,
  equal: sameDecimal,
  holds: (value) => isText(value) && castDecimal(value).ok,
}

export const decimalAsNumber: FieldType = { ...float, name: 'decimal', sqlTypes: ['numeric'] }

export const boolean: FieldType = {
  name: 'boolean',
  sqlTypes: ['boolean'],
  blankIsEmpty: true,
  cast: castBoolean,
  equal: Object.is,
  holds: (value) => typeof value === 'boolean',
  parse: parseBoolean,
}

export const datetime: FieldType = {
  name: 'datetime',
  sqlTypes: ['timestamp with time zone'],
  blankIsEmpty: true,
  cast: castDatetime,
  equal: sameContent,
  holds: isMoment,
  parse: parseTimestamptz,
  toJson: (value) => (value instanceof Date ? value.toISOString() : value),
}

export const datetimeInSeconds: FieldType = {
  ...datetime,
  cast: castDatetimeInSeconds,
  holds: (value) => isMoment(value) && value.getUTCMilliseconds() === 0,
}

export const date: FieldType = {
  ...string,
  name: 'date',
  sqlTypes: ['date'],
  cast: castDate,
  holds: (value) => isCast(castDate, value),
}

export const time: FieldType = {
  ...string,
  name: 'time',
  sqlTypes: ['time without time zone'],
  cast: castTime,
  holds: (value) => isCast(castTime, value),
  parse: (text) => text.slice(0, 8),
}

export const naiveDatetime: FieldType = {
  ...string,
  name: 'naive datetime',
  sqlTypes: ['timestamp without time zone'],
  cast: castNaiveDatetime,
  holds: (value) => isCast(castNaiveDatetime, value),
  parse: (text) => text.slice(0, 19).replace(' ', 'T'),
}

export const duration: FieldType = {
  ...string,
  name: 'duration',
  sqlTypes: ['interval'],
  cast: castDuration,
  equal: sameDuration,
  holds: (value) => isText(value) && castDuration(value).ok,
}

export const uuid: FieldType = {
  ...string,
  name: 'uuid',
  sqlTypes: ['uuid'],
  cast: castUuid,
  holds: (value) => isText(value) && castUuid(value).ok,
  generate: randomUUID,
}

export const bytes: FieldType = {
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

export const any: FieldType = {
  name: 'any',
  sqlTypes: [],
  blankIsEmpty: true,
  cast: castAny,
  equal: sameContent,
  holds: () => true,
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

/** Whether a value the program made is as casting would have made it: precision is checked, not mended. */
function isCast(cast: FieldType['cast'], value: unknown): boolean {
  const done = cast(value)
  return done.ok && done.value === value
}

function isMoment(value: unknown): value is Date {
  return value instanceof Date && !Number.isNaN(value.getTime())
}

export function words(values: readonly string[]): FieldType {
  return {
    ...string,
    name: 'enum',
    cast: (value) => castEnum(value, values),
    holds: (value) => values.some((word) => word === value),
  }
}

/** Words of which the database keeps a number or a text each. */
export function storedWords(stored: ReadonlyMap<string, number | string>): FieldType {
  const values = [...stored.keys()]
  const byStored = new Map([...stored].map(([word, kept]) => [String(kept), word]))
  const areNumbers = [...stored.values()].every((kept) => typeof kept === 'number')
  return {
    ...words(values),
    sqlTypes: areNumbers ? integer.sqlTypes : string.sqlTypes,
    cast: (value) => castEnum(value, values, stored),
    dump: (value) => stored.get(String(value)),
    // What no word stands for is a mistake in the schema, which reading it must not hide.
    parse: (text) => {
      const word = byStored.get(text)
      if (word !== undefined) return word
      throw new RangeError(`${text} in the database stands for none of: ${values.join(', ')}`)
    },
  }
}

export function json(guard: (value: unknown) => boolean): FieldType {
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
    fromJson: (value) => ({ ok: true, value }),
  }
}

/** An object, whose values are all of one type when that is given. */
export function map(element?: FieldType): FieldType {
  const toJson = element && ((value: unknown) => mapped(value, (item) => toJsonOf(element, item)))
  const fromJson = (value: unknown): Cast =>
    castMap(value, element && { cast: (item) => fromJsonOf(element, item) })
  const read = (value: unknown): unknown => {
    const done = fromJson(value)
    return done.ok ? done.value : value
  }
  return {
    ...json(() => true),
    name: element ? `map of ${element.name}` : 'map',
    cast: (value) => castMap(value, element),
    equal: element ? (left, right) => sameItems(element, left, right) : sameContent,
    holds: (value) =>
      isRecord(value) &&
      Object.values(value).every((item) => item === null || !element || element.holds(item)),
    dump: (value) => JSON.stringify(toJson ? toJson(value) : value),
    parse: (text) => read(parseJson(text)),
    fromJson,
    ...(toJson && { toJson }),
  }
}

function sameItems(element: FieldType, left: unknown, right: unknown): boolean {
  if (!isRecord(left) || !isRecord(right)) return false
  const items = Object.entries(left)
  return (
    items.length === Object.keys(right).length &&
    items.every(([key, item]) => Object.hasOwn(right, key) && sameItem(element, item, right[key]))
  )
}

function mapped(value: unknown, work: (item: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(work)
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, work(item)]))
}

/** From a value to what stands for it in JSON. */
export function toJsonOf({ toJson }: FieldType, value: unknown): unknown {
  return value == null || !toJson ? value : toJson(value)
}

/** Back from that: what JSON has no type for is text there, and is cast again. */
export function fromJsonOf({ cast, fromJson }: FieldType, json: unknown): Cast {
  return (fromJson ?? cast)(json)
}

export function arrayOf(element: FieldType): FieldType {
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
      left.every((item: unknown, at) => sameItem(element, item, right[at])),
    holds: (value) =>
      Array.isArray(value) && value.every((item) => item === null || element.holds(item)),
    parse: (text) => parseArray(text, parse),
    toJson: (value) => mapped(value, (item) => toJsonOf(element, item)),
    fromJson: (json) => castArray(json, { cast: (item) => fromJsonOf(element, item) }),
    ...(dump && { dump: (value) => mapped(value, (item) => (item === null ? null : dump(item))) }),
  }
}

function sameItem(element: FieldType, left: unknown, right: unknown): boolean {
  return left == null || right == null ? left === right : element.equal(left, right)
}
