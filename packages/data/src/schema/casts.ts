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
  if (typeof value === 'number') return Number.isFinite(value) ? cast(String(value)) : INVALID
  return typeof value === 'string' && NUMBER.test(value) ? cast(value) : INVALID
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
  const milliseconds = Math.trunc(Number(`0.${fraction}`) * 1000)
  return cast(new Date(date.getTime() + milliseconds - offsetMinutes(offset) * 60_000))
}

const DATETIME =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(Z|[+-]\d\d:?(?:\d\d)?)?$/

function castDatetimeParts(value: Record<string, unknown>): Cast {
  const names = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const
  const parts = names.map((name) => value[name] ?? '')
  if (parts.every((part) => part === '')) return cast(null)
  if (parts[5] === '') parts[5] = '0'
  const date = exactDate(parts)
  return date ? cast(date) : INVALID
}

/** Day of a calendar, as `YYYY-MM-DD`: it has no zone, so it is not a `Date`. */
export function castDate(value: unknown): Cast {
  const parts = typeof value === 'string' ? /^(\d{4})-(\d\d)-(\d\d)(?:[T ]|$)/.exec(value) : null
  if (parts) return exactDate(parts.slice(1, 4)) ? cast(parts[0].slice(0, 10)) : INVALID
  const moment = value instanceof Date || typeof value === 'string' ? castDatetime(value) : INVALID
  return moment.ok && moment.value instanceof Date
    ? cast(moment.value.toISOString().slice(0, 10))
    : INVALID
}

/** The moment with exactly these parts: nothing for 30 February, where `Date` would roll over. */
function exactDate(parts: readonly unknown[]): Date | undefined {
  const numbers = parts.map((part) =>
    typeof part === 'string' && !/^\d{1,4}$/.test(part) ? Number.NaN : Number(part),
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

export function castUuid(value: unknown): Cast {
  return typeof value === 'string' && UUID.test(value) ? cast(value.toLowerCase()) : INVALID
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export function castEnum(value: unknown, values: readonly string[]): Cast {
  return typeof value === 'string' && values.includes(value)
    ? cast(value)
    : { ok: false, meta: { validation: 'inclusion', enum: values } }
}

/** An object or a list, which the guard, when there is one, must recognise. */
export function castJson(value: unknown, guard: (value: unknown) => boolean): Cast {
  return (isRecord(value) || Array.isArray(value)) && guard(value) ? cast(value) : INVALID
}

/** A list. Blank elements are dropped first; one element that does not fit refuses the list. */
export function castArray(
  value: unknown,
  element: { blankIsEmpty: boolean; cast(value: unknown): Cast },
): Cast {
  if (!Array.isArray(value)) return INVALID
  const items: unknown[] = []
  for (const [index, item] of value.entries()) {
    if (element.blankIsEmpty && isBlank(item)) continue
    const done: Cast = item === null ? cast(null) : element.cast(item)
    if (!done.ok) return { ...done, meta: { ...done.meta, source: [index] } }
    items.push(done.value)
  }
  return cast(items)
}

export function castBytes(value: unknown): Cast {
  return value instanceof Uint8Array ? cast(value) : INVALID
}

/** Text with nothing but white space in it. */
export function isBlank(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === ''
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
