import { type Repo } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import { type ApiTokenWithOwner, type Scope } from '@showrunner/domain/api-tokens'
import { type Place } from '@showrunner/domain/catalogue'
import { type FastifyInstance, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Outside } from './outside.ts'

export const TAGS = {
  Podcasts: 'The shows of the network.',
  Episodes: 'What is out, with everything that belongs to it.',
  People: 'Hosts, guests, authors and whoever else is credited.',
  Topics: 'What episodes and posts are about.',
  Posts: 'The network’s own texts.',
  News: 'What the network points to elsewhere, or says in a few words; and the issues of its newsletter.',
  Comments: 'What people say below episodes, posts and news.',
  Search: 'Everything, by what is said in it.',
  Publishing: 'For programs with a token: from a draft to an episode that is out.',
} as const
export type Tag = keyof typeof TAGS

interface Described {
  /** By which programs know it: `listEpisodes`. */
  readonly id: string
  /** As OpenAPI writes it, below /api/v1: `/podcasts/{podcast}`. */
  readonly path: string
  readonly tag: Tag
  readonly summary: string
  readonly description?: string
}

/** What something that is read is made with. */
export interface Reading<Params, Query> {
  readonly repo: Repo
  readonly asOf: Date
  readonly outside: Outside
  readonly params: Params
  readonly query: Query
}

/** What one who asks gets, whoever they are. */
export interface Read extends Described {
  readonly kind: 'one' | 'list'
  readonly params: z.ZodObject
  readonly query: z.ZodObject
  /** What the whole answer is. */
  readonly answer: z.ZodObject
  /** What `fields` are of. */
  readonly selectable: z.ZodObject
  /** What the example of it asks for: `/podcasts/local-time?fields=title`. */
  readonly example: string
  /** Of a list: what a place in it is made of. */
  readonly place?: readonly PlaceKind[]
  /** Made each time it is asked for, where there are as many answers as words. */
  readonly isNeverKept?: true
  /** How many requests of the allowance it costs: one, unless said. */
  readonly cost?: number
  readonly load: (reading: Reading<never, never>) => Promise<Loaded>
}

export type PlaceKind = 'text' | 'number' | 'moment'

/** What an answer is made of: of a list, its rows, and after which place it goes on. */
export interface Loaded {
  readonly rows: readonly object[]
  readonly next?: Place | undefined
  readonly more?: object
}

export const Fields = z
  .string()
  .min(1)
  .max(1000)
  .optional()
  .describe(
    'Only these fields, as in `title,people.name`. One that there is not is refused, by name.',
  )

/** A thing at an address. */
export function readOne<Params extends z.ZodObject, Answer extends z.ZodObject>(
  operation: Described & {
    readonly params: Params
    readonly answer: Answer
    readonly example: string
    readonly load: (
      reading: Reading<z.output<Params>, { readonly fields?: string | undefined }>,
    ) => Promise<z.output<Answer>>
  },
): Read {
  const { load, ...described } = operation
  return {
    ...described,
    kind: 'one',
    query: z.strictObject({ fields: Fields }),
    selectable: operation.answer,
    // Both are parsed with the schemas beside it.
    load: async (reading) => ({ rows: [await load(reading)] }),
  }
}

const DEFAULT_LIMIT = 20
const MOST_LISTED = 100
const FURTHEST = 10_000

/** How much of a list is wanted, and from where. */
const Paging = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MOST_LISTED)
    .default(DEFAULT_LIMIT)
    .describe('How many at most.'),
  cursor: z
    .string()
    .min(1)
    .max(600)
    .optional()
    .describe(
      'Where to go on: from the `next` of the answer before. What it holds is nobody’s business.',
    ),
  offset: z.coerce
    .number()
    .int()
    .min(0)
    .max(FURTHEST)
    .optional()
    .describe(
      'How many to leave out. It costs ten requests of the allowance, because what is left out is read all the same, and it misses or repeats things when something new comes out meanwhile. Follow `next` instead.',
    ),
  fields: Fields,
}

interface PagingAsked {
  readonly limit: number
  readonly offset?: number | undefined
  readonly after?: Place | undefined
}

/** A list at an address: `filters` are what it can be narrowed by, `place` what a place in it is made of. */
export function readList<
  Params extends z.ZodObject,
  Filters extends z.ZodRawShape,
  Item extends z.ZodObject,
  More extends z.ZodRawShape = {},
>(
  operation: Described & {
    readonly params: Params
    readonly filters: Filters
    readonly item: Item
    /** What the answer says besides. */
    readonly more?: More
    /** Its parts are as large as they are. */
    readonly hasFixedParts?: true
    readonly isNeverKept?: true
    readonly cost?: number
    readonly place: readonly PlaceKind[]
    readonly example: string
    readonly load: (
      reading: Reading<z.output<Params>, z.output<z.ZodObject<Filters>> & PagingAsked>,
    ) => Promise<{
      readonly rows: readonly z.output<Item>[]
      readonly next: Place | undefined
      readonly more?: z.output<z.ZodObject<More>>
    }>
  },
): Read {
  const { load, filters, item, more, hasFixedParts, ...described } = operation
  const { cursor, fields } = Paging
  const answer = z.strictObject({
    items: z.array(item),
    next: z
      .url()
      .nullable()
      .describe('Where the list goes on, also in the `Link` header; null at its end.'),
    note: z.string().optional().describe('Something to know about how this was asked.'),
    ...more,
  })
  return {
    ...described,
    kind: 'list',
    query: z.strictObject({ ...filters, ...(hasFixedParts ? { cursor, fields } : Paging) }),
    answer,
    selectable: item,
    // Params, filters and paging are parsed with the schemas beside it.
    load: (reading: Reading<never, never>) => load(reading),
  }
}

/** A program that writes, and what with. */
export interface Writing<Params, Query, Body> {
  readonly app: FastifyInstance
  readonly request: FastifyRequest
  /** Sees and reaches what its owner does, within what the token reaches. */
  readonly repo: Repo
  readonly actor: Account
  readonly token: ApiTokenWithOwner
  readonly asOf: Date
  readonly outside: Outside
  readonly params: Params
  readonly query: Query
  readonly body: Body
}

export interface Written {
  readonly status: 200 | 201 | 202
  readonly body: object
  readonly headers?: Readonly<Record<string, string>>
}

interface WriteAnswer {
  readonly description: string
  readonly schema: z.ZodObject
}

/** Bytes or text, of any of these types. */
export interface RawBody {
  readonly types: readonly string[]
  readonly description: string
  readonly mostBytes: number
}

/** What is done with a token. */
export interface Write extends Described {
  readonly kind: 'write'
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** What the token has to be let do; null where any will do. */
  readonly scope: Scope | null
  readonly params: z.ZodObject
  readonly query: z.ZodObject
  readonly headers: z.ZodObject
  readonly body: z.ZodType | null
  /** What to send as the body, for one who sent none. */
  readonly toSend: string
  readonly raw: RawBody | null
  readonly answers: Readonly<Partial<Record<Written['status'], WriteAnswer>>>
  /** What of PROBLEMS it may answer besides those of every operation. */
  readonly problems: readonly (
    | 'conflict'
    | 'stale'
    | 'invalid'
    | 'not-ready'
    | 'too-large'
    | 'unsupported-type'
    | 'version-needed'
  )[]
  readonly perform: (writing: Writing<never, never, never>) => Promise<Written>
}

const NOTHING = z.strictObject({})

export function write<
  Params extends z.ZodObject,
  Body extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodObject = typeof NOTHING,
>(
  operation: Described &
    Pick<Write, 'method' | 'scope' | 'answers' | 'problems'> & {
      readonly params: Params
      readonly query?: Query
      readonly headers?: z.ZodObject
      readonly body?: Body
      readonly toSend?: string
      readonly raw?: RawBody
      readonly perform: (
        writing: Writing<z.output<Params>, z.output<Query>, z.output<Body>>,
      ) => Promise<Written>
    },
): Write {
  return {
    headers: NOTHING,
    toSend: 'a JSON object',
    raw: null,
    ...operation,
    query: operation.query ?? NOTHING,
    body: operation.body ?? null,
    kind: 'write',
    // Parsed with the schemas beside it.
    perform: (writing: Writing<never, never, never>) => operation.perform(writing),
  }
}

export type Operation = Read | Write
