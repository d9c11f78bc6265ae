import { z } from 'zod'
import { addresses } from '../addresses.ts'
import { type Operation, type Read, TAGS, type Write } from './operation.ts'
import { ProblemDocument, type ProblemCode, PROBLEMS } from './problem.ts'

/** A schema as OpenAPI 3.1 has it, as far as anybody here reads one. */
export interface JsonSchema {
  readonly $ref?: string
  readonly type?: string
  readonly format?: string
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly default?: unknown
  readonly maximum?: number
  readonly maxLength?: number
}

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly description?: string
  readonly schema: JsonSchema
}

interface Content {
  readonly [type: string]: { readonly schema: JsonSchema }
}

export interface DocumentedAnswer {
  readonly description: string
  readonly content?: Content
  readonly headers?: Readonly<Record<string, unknown>>
}

export interface DocumentedOperation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly description?: string
  readonly parameters: readonly Parameter[]
  readonly requestBody?: {
    readonly required: true
    readonly description?: string
    readonly content: Content
  }
  readonly responses: Readonly<Record<string, DocumentedAnswer>>
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
}

export interface OpenApi {
  readonly openapi: '3.1.0'
  readonly info: { readonly title: string; readonly version: string; readonly description: string }
  readonly servers: readonly { readonly url: string }[]
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>
    readonly securitySchemes: Readonly<Record<string, object>>
  }
}

const DESCRIPTION = `Everything that is public on this site, for other programs; and, with a token, the way from a draft to an episode that is out.

Addresses are in full, times in ISO 8601 and UTC, durations in seconds. Whatever is not known is null. Lists go on at \`next\`. Answers that did not change are 304 for whoever sends their ETag. What goes wrong is said in a problem document (RFC 9457).`

/** The document that says how the API is asked: made from the schemas that requests are read with and answers made to. */
export function openApi(
  operations: readonly Operation[],
  { title, publicUrl }: { readonly title: string; readonly publicUrl: string },
): OpenApi {
  const { schemas, named } = jsonSchemas(operations)
  const paths: Record<string, Record<string, DocumentedOperation>> = {}
  for (const operation of operations) {
    const methods = (paths[operation.path] ??= {})
    methods[methodOf(operation).toLowerCase()] = documented(operation, schemas)
  }
  return {
    openapi: '3.1.0',
    info: { title: `${title} API`, version: '1', description: DESCRIPTION },
    servers: [{ url: publicUrl + addresses.api }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: named,
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: `Made at ${publicUrl}${addresses.apiTokens} by whoever works on a podcast.`,
        },
      },
    },
  }
}

export function methodOf(operation: Operation): Write['method'] {
  return operation.kind === 'write' ? operation.method : 'GET'
}

type Schemas = ReadonlyMap<z.ZodType, JsonSchema>

/** Each schema that an operation names, and besides those that have names of their own. */
function jsonSchemas(operations: readonly Operation[]): {
  readonly schemas: Schemas
  readonly named: Readonly<Record<string, JsonSchema>>
} {
  const all = [...new Set([ProblemDocument, ...operations.flatMap(schemasOf)])]
  const shape = Object.fromEntries(all.map((schema, at) => [`schema${at}`, schema]))
  const { properties = {}, $defs = {} } = z.toJSONSchema(z.object(shape), {
    target: 'draft-2020-12',
  }) as JsonSchema & { readonly $defs?: Readonly<Record<string, JsonSchema>> }
  const schemas = new Map<z.ZodType, JsonSchema>()
  for (const [at, schema] of all.entries()) {
    const written = properties[`schema${at}`]
    if (written) schemas.set(schema, inComponents(written))
  }
  const named = Object.entries($defs).map(([name, schema]) => {
    const { id: _id, ...rest } = inComponents(schema) as JsonSchema & { readonly id?: string }
    return [name, rest] as const
  })
  return { schemas, named: Object.fromEntries(named) }
}

function schemasOf(operation: Operation): readonly z.ZodType[] {
  const parts = [operation.params, operation.query].flatMap(fieldsOf)
  if (operation.kind !== 'write') return [...parts, operation.answer]
  const answers = Object.values(operation.answers).map(({ schema }) => schema)
  const body = operation.body ? [operation.body] : []
  return [...parts, ...fieldsOf(operation.headers), ...body, ...answers]
}

function fieldsOf({ shape }: z.ZodObject): readonly z.ZodType[] {
  return Object.values(shape) as readonly z.ZodType[]
}

/** The same, with what it names where OpenAPI keeps it. */
function inComponents(schema: JsonSchema): JsonSchema {
  const text = JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')
  return JSON.parse(text) as JsonSchema
}

function documented(operation: Operation, schemas: Schemas): DocumentedOperation {
  const { id, tag, summary, description } = operation
  const isWrite = operation.kind === 'write'
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    parameters: [
      ...parameters('path', operation.params, schemas),
      ...parameters('query', operation.query, schemas),
      ...(isWrite ? parameters('header', operation.headers, schemas) : []),
    ],
    ...(isWrite && bodyOf(operation, schemas)),
    responses: isWrite ? writeAnswers(operation, schemas) : readAnswers(operation, schemas),
    security: isWrite ? [{ token: operation.scope ? [operation.scope] : [] }] : [],
  }
}

function parameters(
  where: Parameter['in'],
  { shape }: z.ZodObject,
  schemas: Schemas,
): readonly Parameter[] {
  return Object.entries(shape).map(([name, type]) => {
    const schema = type as z.ZodType
    const { description, ...rest } = schemas.get(schema) ?? {}
    return {
      name: where === 'header' ? capitalised(name) : name,
      in: where,
      required: where === 'path' || !schema.safeParse(undefined).success,
      ...(description !== undefined && { description }),
      schema: rest,
    }
  })
}

function capitalised(name: string): string {
  return name.replaceAll(
    /(^|-)([a-z])/g,
    (_all, dash: string, first: string) => dash + first.toUpperCase(),
  )
}

function bodyOf({ body, raw }: Write, schemas: Schemas): Pick<DocumentedOperation, 'requestBody'> {
  if (raw) {
    const { types, description } = raw
    const content = types.map((type) => [type, { schema: {} }] as const)
    return { requestBody: { required: true, description, content: Object.fromEntries(content) } }
  }
  const schema = body && schemas.get(body)
  if (!schema) return {}
  return { requestBody: { required: true, content: { 'application/json': { schema } } } }
}

const ALLOWANCE_HEADERS = {
  'RateLimit-Limit': header('How many requests the allowance has.'),
  'RateLimit-Remaining': header('How many of them are left.'),
  'RateLimit-Reset': header('In how many seconds all of them are there again.'),
}

const READ_HEADERS = {
  ETag: header('Of these very bytes: sent back in If-None-Match, what did not change is 304.'),
  ...ALLOWANCE_HEADERS,
}

function header(description: string): object {
  return { description, schema: { type: 'string' } }
}

function readAnswers(read: Read, schemas: Schemas): DocumentedOperation['responses'] {
  const link = { Link: header('Where the list goes on, as `rel="next"`.') }
  const headers = read.kind === 'list' ? { ...READ_HEADERS, ...link } : READ_HEADERS
  const isNamed = read.path.includes('{') || 'podcast' in read.query.shape
  const codes: readonly ProblemCode[] = [
    'bad-request',
    'unknown-parameter',
    'unknown-field',
    ...(isNamed ? ['not-found' as const] : []),
    'too-often',
    'broken',
    ...(read.isNeverKept ? ['busy' as const] : []),
  ]
  return {
    200: { description: read.summary, headers, content: json(schemas.get(read.answer)) },
    304: { description: 'What the If-None-Match names is still so.' },
    ...problems(codes),
  }
}

function writeAnswers(operation: Write, schemas: Schemas): DocumentedOperation['responses'] {
  const answers = Object.entries(operation.answers).map(([status, { description, schema }]) => {
    const headers = ALLOWANCE_HEADERS
    return [status, { description, headers, content: json(schemas.get(schema)) }] as const
  })
  const always: ProblemCode[] = ['bad-request', 'unauthorized', 'forbidden']
  const found: ProblemCode[] = operation.path.includes('{') ? ['not-found'] : []
  const sent: ProblemCode[] = operation.body ? ['too-large', 'unsupported-type'] : []
  return {
    ...Object.fromEntries(answers),
    ...problems([...always, ...found, ...sent, ...operation.problems, 'too-often', 'broken']),
  }
}

function json(schema: JsonSchema | undefined): Content {
  return { 'application/json': { schema: schema ?? {} } }
}

/** What may go wrong, by the status it is answered with. */
function problems(codes: readonly ProblemCode[]): DocumentedOperation['responses'] {
  const byStatus = Map.groupBy(codes, (code) => PROBLEMS[code][0])
  const schema = { $ref: '#/components/schemas/Problem' }
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      {
        description: same.map((code) => `${PROBLEMS[code][1]} (${code}).`).join(' '),
        content: { 'application/problem+json': { schema } },
      },
    ]),
  )
}
