import { FeedError } from './errors.ts'
import { parseMilliseconds } from './values.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** Parses JSON that should be an object, and says what it is where it is none. */
export function parseJsonObject(text: string, what: string): JsonObject {
  const value = parse(text, what)
  if (isObject(value)) return value
  throw new FeedError(
    'unreadable',
    `the ${what} should be a JSON object with a list in it, as its format asks`,
  )
}

function parse(text: string, what: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const is = /^\s*</.test(text) ? 'a web page or XML' : 'not valid JSON'
    throw new FeedError('unreadable', `the ${what} should be JSON, but is ${is}`, { cause })
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The list under a key, at most `most` long; null where there is none. */
export function listIn(object: JsonObject, key: string, most: number): JsonObject[] | null {
  const list = object[key]
  return Array.isArray(list) ? list.slice(0, most).filter(isObject) : null
}

/** A string that holds something. */
export function stringIn(object: JsonObject, key: string): string | null {
  const value = object[key]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

/** Whole milliseconds from seconds, given as a number or written as a clock shows them. */
export function millisecondsIn(object: JsonObject, key: string): number | null {
  const value = object[key]
  if (typeof value === 'string') return parseMilliseconds(value)
  return typeof value === 'number' && value >= 0 && value < 1e7 ? Math.round(value * 1000) : null
}
