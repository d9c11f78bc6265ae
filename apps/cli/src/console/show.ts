import { inspect } from 'node:util'

/** A value for reading: whole rows with what belongs to them, but long texts cut. */
export function show(value: unknown, colors: boolean): string {
  return inspect(value, { colors, depth: 4, maxStringLength: 200, breakLength: 100 })
}
