import { z } from 'zod'

/** What can be wrong, by what the `type` of a problem ends in. */
export const PROBLEMS = {
  'bad-request': [400, 'The request makes no sense as it is'],
  'unknown-parameter': [400, 'There is no such parameter'],
  'unknown-field': [400, 'There is no such field'],
  unauthorized: [401, 'A token is needed'],
  forbidden: [403, 'This token may not do that'],
  'not-found': [404, 'There is nothing here'],
  'method-not-allowed': [405, 'This cannot be done here'],
  conflict: [409, 'As things stand, this cannot be done'],
  stale: [412, 'Somebody changed it meanwhile'],
  'too-large': [413, 'That is too large'],
  'unsupported-type': [415, 'That is of a type that is not taken here'],
  invalid: [422, 'Something in it has to be mended'],
  'not-ready': [422, 'It lacks something that it cannot be published without'],
  'version-needed': [428, 'Say which version is meant'],
  'too-often': [429, 'That was too often'],
  broken: [500, 'Something broke on our side'],
  busy: [503, 'That takes too long just now'],
} as const satisfies Readonly<Record<string, readonly [status: number, title: string]>>

export type ProblemCode = keyof typeof PROBLEMS

export const Fault = z
  .strictObject({
    in: z.enum(['path', 'query', 'header', 'body']).describe('Where it stands.'),
    name: z.string().describe('Of the parameter, header or field: `chapters.0.title`.'),
    line: z.int().optional().describe('Of a text that was sent: on which of its lines, from 1.'),
    detail: z.string().describe('What is wrong with it, and what to do.'),
    known: z.array(z.string()).optional().describe('What there is instead.'),
  })
  .meta({ id: 'Fault', description: 'One thing that is wrong, and where.' })
export type Fault = z.output<typeof Fault>

export const ProblemDocument = z
  .strictObject({
    type: z.url().describe('Says what kind of problem it is, and leads to what is known of it.'),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string().describe('What is wrong here, and what to do.'),
    instance: z.string().describe('The address that was asked for.'),
    faults: z.array(Fault).optional().describe('One by one, where there is more to say.'),
  })
  .meta({ id: 'Problem', description: 'What every answer of 400 and above says (RFC 9457).' })

interface Said {
  readonly detail: string
  readonly faults?: readonly Fault[]
  readonly headers?: Readonly<Record<string, string>>
}

/** Something that is answered with a problem document. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly faults: readonly Fault[]
  readonly headers: Readonly<Record<string, string>>

  constructor(code: ProblemCode, { detail, faults = [], headers = {} }: Said) {
    super(detail)
    this.code = code
    this.faults = faults
    this.headers = headers
  }
}

export function problemDocument(
  problem: Problem,
  { publicUrl, url }: { readonly publicUrl: string; readonly url: string },
): z.output<typeof ProblemDocument> {
  const [status, title] = PROBLEMS[problem.code]
  return {
    type: `${publicUrl}/api#problem-${problem.code}`,
    title,
    status,
    detail: problem.message,
    instance: url,
    ...(problem.faults.length > 0 && { faults: [...problem.faults] }),
  }
}
