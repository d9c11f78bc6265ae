import { addresses } from '../addresses.ts'
import { REQUESTS_A_MINUTE, TOKEN_REQUESTS } from '../api/allowance.ts'
import { CI_FLOW, curlOf } from '../api/ci-flow.ts'
import {
  type DocumentedOperation,
  type JsonSchema,
  type OpenApi,
  type Parameter,
} from '../api/openapi.ts'
import { READS } from '../api/operations.ts'
import { PROBLEMS } from '../api/problem.ts'
import { type SafeHtml } from '../safe-html.ts'
import { frame, type Frame, type Site } from './frame.ts'
import { withCode } from './with-code.ts'

/** How the API is asked: everything from the OpenAPI document, and an example of each. */
export interface ApiPage {
  readonly frame: Frame
  /** What the document is written in, whatever the site is. */
  readonly language: 'en'
  readonly begin: string
  readonly limit: number
  readonly tokenLimit: number
  readonly groups: readonly Group[]
  readonly flow: readonly { readonly id: string; readonly summary: string; readonly curl: string }[]
  readonly schemas: readonly NamedSchema[]
  readonly problems: readonly {
    readonly code: string
    readonly status: number
    readonly title: string
  }[]
}

interface Group {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly operations: readonly OperationPart[]
}

interface OperationPart {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly descriptionHtml: SafeHtml | null
  /** Null where no token is needed; empty where any will do. */
  readonly scope: string | null
  readonly parameters: readonly FieldPart[]
  readonly body: {
    readonly descriptionHtml: SafeHtml | null
    readonly fields: readonly FieldPart[]
  } | null
  readonly answers: readonly {
    readonly status: string
    readonly words: string
    readonly type: TypePart | null
  }[]
  readonly curl: string | null
}

interface FieldPart {
  readonly name: string
  readonly type: TypePart
  readonly isRequired: boolean
  readonly descriptionHtml: SafeHtml | null
}

/** `array of Episode`, where the name leads to the schema. */
interface TypePart {
  readonly before: string
  readonly name: string | null
  readonly after: string
}

interface NamedSchema {
  readonly name: string
  readonly description: string
  readonly fields: readonly FieldPart[]
}

export function apiPage(site: Site, document: OpenApi): ApiPage {
  const base = document.servers[0]?.url ?? ''
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const summaries = new Map(
    operations.map(({ operation }) => [operation.operationId, operation.summary]),
  )
  return {
    frame: frame(site, {
      title: site.words.api.title,
      description: site.words.api.description(site.title),
      address: addresses.apiPage,
    }),
    language: 'en',
    begin: `curl "${base}/episodes?limit=3&fields=title,url,audio.url"`,
    limit: REQUESTS_A_MINUTE,
    tokenLimit: TOKEN_REQUESTS.most,
    groups: document.tags
      .map(({ name, description }) => ({
        id: name.toLowerCase(),
        name,
        description,
        operations: operations
          .filter(({ operation }) => operation.tags.includes(name))
          .map(({ path, method, operation }) => operationPart(base, method, path, operation)),
      }))
      .filter((group) => group.operations.length > 0),
    flow: CI_FLOW.map((step) => ({
      id: step.operation,
      summary: summaries.get(step.operation) ?? '',
      curl: curlOf(base, step),
    })),
    schemas: Object.entries(document.components.schemas).map(([name, schema]) => ({
      name,
      description: schema.description ?? '',
      fields: fieldsOf(schema),
    })),
    problems: Object.entries(PROBLEMS).map(([code, [status, title]]) => ({ code, status, title })),
  }
}

function operationPart(
  base: string,
  method: string,
  path: string,
  operation: DocumentedOperation,
): OperationPart {
  const { operationId: id, summary, description, parameters, requestBody, responses } = operation
  const [security] = operation.security
  const example = READS.find((read) => read.id === id)?.example
  return {
    id,
    method: method.toUpperCase(),
    path,
    summary,
    descriptionHtml: described(description),
    scope: security ? (security['token']?.join(', ') ?? '') : null,
    parameters: parameters.map(parameterPart),
    body: requestBody
      ? {
          descriptionHtml: described(requestBody.description),
          fields: bodyFields(requestBody.content),
        }
      : null,
    answers: Object.entries(responses).map(([status, { description: words, content = {} }]) => {
      const schema = Object.values(content)[0]?.schema
      return { status, words, type: schema ? answerType(schema) : null }
    }),
    curl: example === undefined ? null : `curl "${base}${example}"`,
  }
}

function bodyFields(content: Readonly<Record<string, { readonly schema: JsonSchema }>>) {
  return Object.entries(content).map(([type, { schema }]) => {
    return { name: type, type: typeOf(schema), isRequired: false, descriptionHtml: null }
  })
}

/** Of a list, that of which it is one. */
function answerType(schema: JsonSchema): TypePart {
  const items = schema.properties?.['items']
  return typeOf(items ?? schema)
}

function parameterPart({ name, schema, required, description, in: where }: Parameter): FieldPart {
  const type = typeOf(schema)
  return {
    name,
    type: where === 'header' ? { ...type, after: `${type.after} (header)` } : type,
    isRequired: required,
    descriptionHtml: described(description),
  }
}

function fieldsOf({ properties = {}, required = [] }: JsonSchema): readonly FieldPart[] {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    type: typeOf(schema),
    isRequired: required.includes(name),
    descriptionHtml: described(schema.description),
  }))
}

function described(description: string | undefined): SafeHtml | null {
  return description === undefined ? null : withCode(description)
}

function typeOf(schema: JsonSchema): TypePart {
  const { $ref, anyOf, items, type, format, enum: known } = schema
  if ($ref !== undefined) return { before: '', name: $ref.split('/').at(-1) ?? null, after: '' }
  if (anyOf) {
    const [one = {}] = anyOf.filter((option) => option.type !== 'null')
    const part = typeOf(one)
    return anyOf.length > 1 ? { ...part, after: `${part.after} or null` } : part
  }
  if (items) {
    const part = typeOf(items)
    return { ...part, before: `list of ${part.before}` }
  }
  const words = known ? known.map((one) => JSON.stringify(one)).join(' or ') : (type ?? 'bytes')
  const shown = format === undefined || known ? words : `${words}, ${format}`
  const usual = schema.default === undefined ? '' : `, else ${JSON.stringify(schema.default)}`
  return { before: shown, name: null, after: usual }
}
