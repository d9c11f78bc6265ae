import { z } from 'zod'
import { type Fault, Problem } from './problem.ts'

type Part = Fault['in']

/** Reads a part of a request. @throws Problem that says of each thing what is wrong with it. */
export function readPart<Schema extends z.ZodType>(
  part: Part,
  schema: Schema,
  given: unknown,
): z.output<Schema> {
  const result = schema.safeParse(given, { reportInput: true })
  if (result.success) return result.data

  const faults = result.error.issues
    .filter(isTightest)
    .flatMap((issue) => faultsOf(part, { schema, given }, issue))
    .slice(0, 20)
  const isUnknown = result.error.issues.every(({ code }) => code === 'unrecognized_keys')
  const code = part === 'body' ? 'invalid' : isUnknown ? 'unknown-parameter' : 'bad-request'
  const said = faults.map(({ name, detail }) => `${name === '' ? 'The body' : name} ${detail}`)
  throw new Problem(code, { detail: `${said.join('; ')}.`, faults })
}

/** What is far beyond its bounds is beyond what a number holds too: the last bound says it all. */
function isTightest(issue: z.core.$ZodIssue, at: number, all: readonly z.core.$ZodIssue[]) {
  const isSame = ({ code, path }: z.core.$ZodIssue) =>
    code === issue.code && path.join('.') === issue.path.join('.')
  return issue.code === 'unrecognized_keys' || at === all.findLastIndex(isSame)
}

interface Read {
  readonly schema: z.ZodType
  readonly given: unknown
}

function faultsOf(part: Part, { schema, given }: Read, issue: z.core.$ZodIssue): Fault[] {
  if (issue.code !== 'unrecognized_keys') {
    const isTwice =
      part !== 'body' && Array.isArray(Reflect.get(Object(given), issue.path[0] ?? ''))
    const detail = isTwice ? 'is there several times: send it once' : wordsOf(issue)
    return [{ in: part, name: issue.path.join('.'), detail }]
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

function wordsOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue)
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`
    case 'too_small':
    case 'too_big':
      return outOfBounds(issue)
    default: {
      const { message } = issue
      return `is refused: ${message.charAt(0).toLowerCase()}${message.slice(1)}`
    }
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
}

function wrongType({ expected, input }: z.core.$ZodIssueInvalidType): string {
  if (input === undefined) return 'is missing'
  return `must be ${TYPES[expected] ?? expected}`
}

function outOfBounds(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  const [bound, words] =
    issue.code === 'too_small' ? [issue.minimum, 'at least'] : [issue.maximum, 'at most']
  if (issue.code === 'too_small' && issue.origin === 'string' && bound === 1) return 'is empty'
  const unit =
    issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' entries' : ''
  return `must ${unit === '' ? 'be' : 'have'} ${words} ${String(bound)}${unit}`
}

function short(text: string): string {
  return Array.from(text).slice(0, 80).join('')
}
