import { plainDecimal } from './equality.ts'
import { type Cast } from './field-type.ts'

const INVALID: Cast = { ok: false }

/** Strings only: a number is not turned into text. PostgreSQL stores no NUL, so none gets that far. */
export function castString(value: unknown): Cast {
  return typeof value === 'string' && !value.includes('\0') ? cast(value) : INVALID
}

/** An integer, or text that is one from end to end: not `"1.0"`, not `" 1"`. */
export function castInteger(value: unknown, smallest: number, largest: number): Cast {
  const number = typeof value === 'string' && /^[+-]?\d{1,31}$/.test(value) ? Number(value) : value
  return typeof number === 'number' &&
    Number.isSafeInteger(number) &&
    number >= smallest &&
    number <= largest
    ? cast(number + 0)
    : INVALID
}

export function castFloat(value: unknown): Cast {
  const number = typeof value === 'string' && NUMBER.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? cast(number) : INVALID
}

/** To text, as PostgreSQL's `numeric` would print it: no float ever rounds it. */
export function castDecimal(value: unknown): Cast {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? cast(plainDecimal(String(value))) : INVALID
  }
  return typeof value === 'string' && NUMBER.test(value) ? cast(plainDecimal(value)) : INVALID
}

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/

export function castBoolean(value: unknown): Cast {
  if (value === true || value === 'true' || value === '1') return cast(true)
  if (value === false || value === 'false' || value === '0') return cast(false)
  return INVALID
}

/** A `Date`; ISO text, whose missing offset means UTC; or the parts `{ year, month, day, hour, minute }`. */
export function castDatetime(value: unknown): Cast {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? INVALID : cast(value)
  if (isRecord(value)) return castDatetimeParts(value)
  const parts = typeof value === 'string' ? DATETIME.exec(value) : null
  if (!parts) return INVALID
  const [, year, month, day, hour, minute, second = '0', fraction = '0', offset = 'Z'] = parts
  const date = exactDate([year, month, day, hour, minute, second])
  if (!date) return INVALID
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3))
  return cast(new Date(date.getTime() + milliseconds - offsetMinutes(offset) * 60_000))
}

const DATETIME =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(Z|[+-]\d\d:?(?:\d\d)?)?$/

function castDatetimeParts(value: Record<string, unknown>): Cast {
  const parts = partsOf(value, ['year', 'month', 'day', 'hour', 'minute', 'second'])
  if (!parts) return cast(null)
  const [second = ''] = parts.splice(5)
  const date = exactDate([...parts, second === '' ? '0' : second])
  return date ? cast(date) : INVALID
}

/** The named parts of what a form sends in several fields; nothing when all of them are empty. */
function partsOf(value: Record<string, unknown>, names: readonly string[]): unknown[] | undefined {
  const parts = names.map((name) => value[name] ?? '')
  return parts.every((part) => part === '') ? undefined : parts
}

/** Day of a calendar, as `YYYY-MM-DD`: it has no zone, so it is not a `Date`. Of text with a time, the day that it names. */
export function castDate(value: unknown): Cast {
  if (isRecord(value)) {
    const parts = partsOf(value, ['year', 'month', 'day'])
    return parts ? dayOf(exactDate(parts)) : cast(null)
  }
  if (value instanceof Date) return dayOf(value)
  if (typeof value !== 'string') return INVALID
  const parts = /^(\d{4})-(\d\d)-(\d\d)(?=[T ]|$)/.exec(value)
  const isWhole = parts?.[0] === value || castDatetime(value).ok
  return parts && isWhole ? dayOf(exactDate(parts.slice(1))) : INVALID
}

function dayOf(date: Date | undefined): Cast {
  return date && !Number.isNaN(date.getTime()) ? cast(date.toISOString().slice(0, 10)) : INVALID
}

/** The moment with exactly these parts: nothing for 30 February, where `Date` would roll over. */
function exactDate(parts: readonly unknown[]): Date | undefined {
  const numbers = parts.map((part) =>
    typeof part === 'number' || (typeof part === 'string' && /^\d{1,4}$/.test(part))
      ? Number(part)
      : Number.NaN,
  )
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = numbers
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute, second)
  const same =
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute &&
    date.getUTCSeconds() === second
  return same ? date : undefined
}

function offsetMinutes(offset: string): number {
  if (offset === 'Z') return 0
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return offset.startsWith('-') ? -minutes : minutes
}

/** In lower case; or from its 16 bytes. */
export function castUuid(value: unknown): Cast {
  if (value instanceof Uint8Array && value.byteLength === 16) {
    const hex = Buffer.from(value).toString('hex')
    return castUuid(hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'))
  }
  return typeof value === 'string' && UUID.test(value) ? cast(value.toLowerCase()) : INVALID
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** One of the words, or what stands for one in the database. */
export function castEnum(
  value: unknown,
  values: readonly string[],
  stored?: ReadonlyMap<string, number | string>,
): Cast {
  if (typeof value === 'string' && values.includes(value)) return cast(value)
  const word = values.find((candidate) => stored?.get(candidate) === value)
  return word === undefined
    ? { ok: false, meta: { validation: 'inclusion', enum: values } }
    : cast(word)
}

/** An object or a list, which the guard, when there is one, must recognise. */
export function castJson(value: unknown, guard: (value: unknown) => boolean): Cast {
  return (isRecord(value) || Array.isArray(value)) && guard(value) ? cast(value) : INVALID
}

/** A list, each element of which fits; one that does not refuses all of it. Null elements stay. */
export function castArray(
  value: unknown,
  element: { readonly cast: (value: unknown) => Cast },
): Cast {
  if (!Array.isArray(value)) return INVALID
  const items: unknown[] = []
  for (const [index, item] of value.entries()) {
    const done: Cast = item === null ? cast(null) : element.cast(item)
    if (!done.ok) return within(done, index)
    items.push(done.value)
  }
  return cast(items)
}

/** An object, each value of which fits; one that does not refuses all of it. Null values stay. */
export function castMap(
  value: unknown,
  element: { readonly cast: (value: unknown) => Cast } | undefined,
): Cast {
  if (!isRecord(value)) return INVALID
  if (!element) return cast(value)
  const entries: [string, unknown][] = []
  for (const [key, item] of Object.entries(value)) {
    const done: Cast = item === null ? cast(null) : element.cast(item)
    if (!done.ok) return within(done, key)
    entries.push([key, done.value])
  }
  return cast(Object.fromEntries(entries))
}

/** The failure of an element as that of what it is in, with the way to it. */
function within(failed: Cast & { readonly ok: false }, at: number | string): Cast {
  const inner: unknown = failed.meta?.['source']
  return {
    ...failed,
    meta: { ...failed.meta, source: [at, ...(Array.isArray(inner) ? inner : [])] },
  }
}

/** A time of day, as `HH:MM:SS`: from that, ISO text, the time of a `Date` in UTC, or the parts `{ hour, minute, second }`. */
export function castTime(value: unknown): Cast {
  if (isRecord(value)) {
    const parts = partsOf(value, ['hour', 'minute', 'second'])
    if (!parts) return cast(null)
    const [hour, minute, second] = parts
    return castTime([hour, minute, second === '' ? 0 : second].map(twoDigits).join(':'))
  }
  if (value instanceof Date) return castTime(castNaiveText(value))
  const [, hour = '', minute = '', second = '00'] =
    typeof value === 'string' ? (TIME.exec(value) ?? []) : []
  return hour !== '' && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60
    ? cast(`${hour}:${minute}:${second}`)
    : INVALID
}

const TIME =
  /^(?:\d{4}-\d\d-\d\d[T ]|T)?(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$/

/** What is no number of a clock stays as it is, and fits nothing. */
function twoDigits(part: unknown): unknown {
  return typeof part === 'number' || part !== '' ? String(part).padStart(2, '0') : part
}

/** A day and a time with no zone, as `YYYY-MM-DDTHH:MM:SS`. What has an offset is brought to UTC; fractions are cut. */
export function castNaiveDatetime(value: unknown): Cast {
  const done = castDatetime(value)
  return done.ok && done.value instanceof Date ? cast(castNaiveText(done.value)) : done
}

function castNaiveText(date: Date): string {
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 19)
}

/** As `castDatetime`, with the fraction of a second cut. */
export function castDatetimeInSeconds(value: unknown): Cast {
  const done = castDatetime(value)
  return done.ok && done.value instanceof Date
    ? cast(new Date(Math.floor(done.value.getTime() / 1000) * 1000))
    : done
}

/** A length of time in ISO 8601: `P1Y2M3DT4H5M6.5S`, `P2W`. Its parts are kept as they are: a month has no fixed length. */
export function castDuration(value: unknown): Cast {
  return typeof value === 'string' && value.length <= 80 && DURATION.test(value)
    ? cast(value.toUpperCase())
    : INVALID
}

const DURATION =
  /^P(?=[\d+-]|T[\d+-])(?:[+-]?\d+Y)?(?:[+-]?\d+M)?(?:[+-]?\d+W)?(?:[+-]?\d+D)?(?:T(?=[\d+-])(?:[+-]?\d+H)?(?:[+-]?\d+M)?(?:[+-]?\d+(?:\.\d{1,6})?S)?)?$/i

export function castAny(value: unknown): Cast {
  return cast(value)
}

export function castBytes(value: unknown): Cast {
  return value instanceof Uint8Array ? cast(value) : INVALID
}

/** An object written with braces, or parsed from JSON or a form; not a list, a `Date` or a class of anybody's. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  // Form parsers make objects whose prototype is empty, one step from null, like Object.prototype.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function cast(value: unknown): Cast {
  return { ok: true, value }
}
