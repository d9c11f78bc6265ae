import { partialDeepStrictEqual } from 'node:assert'
import { inspect } from 'node:util'

/** Any part of something: what is not said of it may be anything. */
export type Partly<T> = T extends Uint8Array | string | number | boolean | null | undefined
  ? T
  : { readonly [Name in keyof T]?: Partly<T[Name]> }

/** Whether something has all that is expected of it. */
export function fits(actual: unknown, expected: unknown): boolean {
  if (expected === undefined) return true
  try {
    partialDeepStrictEqual(actual, expected)
    return true
  } catch {
    return false
  }
}

export function inWords(value: unknown): string {
  return inspect(value, { depth: 6, breakLength: Infinity })
}
