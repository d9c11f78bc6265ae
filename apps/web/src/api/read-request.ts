import { z } from 'zod'
import { type Fault, Problem } from './problem.ts'

type Part = Fault['in']

/** Reads a part of a request. @throws Problem that says of each thing what is wrong with it. */
export function readPart<Schema extends z.ZodType>(
  part: Part,
  schema: Schema,
  given: unknown,
): z.output<Schema> {
  const result = schema.safeParse(given)
  if (result.success) return result.data

  const faults = result.error.issues.flatMap((issue) => faultsOf(part, schema, issue)).slice(0, 20)
  const isUnknown = result.error.issues.every(({ code }) => code === 'unrecognized_keys')
  const code = part === 'body' ? 'invalid' : isUnknown ? 'unknown-parameter' : 'bad-request'
  const said = faults.map(({ name, detail }) => `${name === '' ? 'The body' : name} ${detail}`)
  throw new Problem(code, { detail: `${said.join('; ')}.`, faults })
}

function faultsOf(part: Part, schema: z.ZodType, issue: z.core.$ZodIssue): Fault[] {
  if (issue.code !== 'unrecognized_keys') {
    return [{ in: part, name: issue.path.join('.'), detail: wordsOf(issue) }]
  }
  const known =
    schema instanceof z.ZodObject && issue.path.length === 0 ? Object.keys(schema.shape) : []
  const there = known.length > 0 ? `; there are ${known.join(', ')}` : ''
  return issue.keys.map((key) => ({
    in: part,
    name: [...issue.path, short(key)].join('.'),
    detail: `is not known here${there}`,
    ...(known.length > 0 && { known }),
  }))
}

function wordsOf({ message }: z.core.$ZodIssue): string {
  return `is refused: ${message.charAt(0).toLowerCase()}${message.slice(1)}`
}

function short(text: string): string {
  return Array.from(text).slice(0, 80).join('')
}
