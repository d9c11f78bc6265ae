import { z } from 'zod'
import { Problem } from './problem.ts'

export const LONGEST_FIELDS = 1000
const MOST_FIELDS = 60

/** Which fields of a thing are wanted: all of it, or these, each in part or whole. */
export type Selection = 'all' | ReadonlyMap<string, Selection>

/**
 * `title,people.name`, as far as there are such fields.
 *
 * @throws Problem that names those there are not, and those there are.
 */
export function readFields(text: string, schema: z.ZodType): Selection {
  const names = text.split(',').map((name) => name.trim())
  if (names.length > MOST_FIELDS) {
    throw wrong(
      `These are more than ${MOST_FIELDS} fields. Leave the parameter out for all of them.`,
    )
  }
  const root = new Map<string, Selection>()
  for (const name of names) add(root, name.split('.'), schema, name)
  return root
}

function add(
  into: Map<string, Selection>,
  [first = '', ...rest]: readonly string[],
  schema: z.ZodType,
  whole: string,
): void {
  const shape = shapeOf(schema)
  const field = shape && Object.hasOwn(shape, first) ? shape[first] : undefined
  if (!shape || !field) throw unknown(whole, first, Object.keys(shape ?? {}))
  const before = into.get(first)
  if (before === 'all') return
  if (rest.length === 0) {
    into.set(first, 'all')
    return
  }
  const below = new Map(before)
  add(below, rest, field, whole)
  into.set(first, below)
}

/** Of a thing or a list of things, the fields of one. */
export function shapeOf(schema: z.ZodType): Readonly<Record<string, z.ZodType>> | undefined {
  if (schema instanceof z.ZodObject) return schema.shape
  if (schema instanceof z.ZodArray) return shapeOf(schema.element as z.ZodType)
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) {
    return shapeOf(schema.unwrap() as z.ZodType)
  }
  return undefined
}

/** What is wanted of a thing, and nothing else. */
export function selected(value: unknown, selection: Selection): unknown {
  if (selection === 'all' || value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((one: unknown) => selected(one, selection))
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, held]): [string, unknown][] => {
      const wanted = selection.get(name)
      return wanted ? [[name, selected(held, wanted)]] : []
    }),
  )
}

function unknown(whole: string, part: string, known: readonly string[]): Problem {
  const short = Array.from(whole).slice(0, 80).join('')
  const name = Array.from(part).slice(0, 40).join('')
  const there =
    known.length > 0 ? `There are: ${known.join(', ')}.` : 'What is before it has no fields.'
  return new Problem('unknown-field', {
    detail: `There is no field "${name}" (in "${short}"). ${there}`,
    faults: [{ in: 'query', name: 'fields', detail: `"${short}" is no field`, known: [...known] }],
  })
}

function wrong(detail: string): Problem {
  return new Problem('bad-request', { detail, faults: [{ in: 'query', name: 'fields', detail }] })
}
