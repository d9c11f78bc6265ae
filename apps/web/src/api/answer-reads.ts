import { createHash } from 'node:crypto'
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { addresses } from '../addresses.ts'
import { isFresh, sendUnchanged } from '../conditional.ts'
import { encode } from '../encode.ts'
import { COMMON_HEADERS } from '../headers.ts'
import { sendKept } from '../send-kept.ts'
import { visitorAt } from '../visitor.ts'
import { type allowance, sayLeft } from './allowance.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { tooOften } from './failures.ts'
import { readFields, selected } from './fields.ts'
import { OPEN_HEADERS } from './open-headers.ts'
import { type Loaded, type Read } from './operation.ts'
import { type Outside, outsideOf } from './outside.ts'
import { Problem } from './problem.ts'
import { readPart } from './read-request.ts'

export const OFFSET_COST = 10

const NOTE = `offset costs ${OFFSET_COST} requests of your allowance each time: follow next instead.`

const HEADERS = {
  ...COMMON_HEADERS,
  'content-type': 'application/json; charset=utf-8',
  ...OPEN_HEADERS,
}

/** What a kept answer says in its headers besides. */
const linkOf = new WeakMap<Buffer, string>()

/** Answers what anybody may read: from memory, or made. */
export function answerReads(
  app: FastifyInstance,
  reads: readonly Read[],
  spend: ReturnType<typeof allowance>,
): void {
  const { repo, clock, publicUrl } = app.parts
  const outside = outsideOf(publicUrl)

  for (const read of reads) {
    app.get(routeOf(read.path), async (request, reply) => {
      const query = request.query as Readonly<Record<string, unknown>>
      count(request, reply, 'offset' in query ? OFFSET_COST : (read.cost ?? 1))
      const asked = askedOf(read, request)
      if (read.isNeverKept) {
        await sendOnce(await write(read, asked, clock), request, reply)
        return
      }
      const made = app.keptPages.fresh(asked.key) ?? (await make(read, asked))
      const link = linkOf.get(made.body)
      const headers = link === undefined ? HEADERS : { ...HEADERS, link }
      await sendKept(made, request, reply, { headers, isDocument: true, clock })
    })
  }

  async function make(read: Read, asked: Asked) {
    return app.keptPages.get(asked.key, async (now) => {
      const { body, next } = await write(read, asked, now)
      if (next !== undefined) linkOf.set(body, linkTo(next))
      return body
    })
  }

  async function write(
    read: Read,
    { path, params, query, fields, after }: Asked,
    now: () => Date,
  ): Promise<Body> {
    const wanted = { ...query, ...(after && { after }) }
    const reading = { repo, asOf: now(), outside, params, query: wanted }
    // Params and query are what the operation's own schemas made of them.
    const loaded = await read.load(reading as never)
    const next = loaded.next && nextOf(outside, path, query, writeCursor(loaded.next))
    const answer = answerOf(read, loaded, { next, query, fields })
    return { body: encode(JSON.stringify(answer)), next }
  }

  function count({ ip }: FastifyRequest, reply: FastifyReply, cost: number): void {
    const left = spend(visitorAt(ip), cost, clock().getTime())
    sayLeft(reply, left)
    if (!left.isAllowed) throw tooOften(left.retryMs)
  }
}

interface Body {
  readonly body: Buffer
  readonly next: string | undefined
}

function linkTo(next: string): string {
  return `<${next}>; rel="next"`
}

/** What is made for one who asks, and forgotten. */
function sendOnce(
  { body, next }: Body,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
  const link = next === undefined ? {} : { link: linkTo(next) }
  reply.headers({ ...HEADERS, ...link, etag, 'cache-control': 'no-cache' })
  return isFresh(request, { etag }) ? sendUnchanged(reply) : reply.send(body)
}

/** `/podcasts/{podcast}` as a route has it. */
export function routeOf(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1')
}

interface Asked {
  /** Of the answer, whoever asks for it and however they write it. */
  readonly key: string
  readonly path: string
  readonly params: object
  readonly query: Readonly<Record<string, unknown>>
  readonly fields: ReturnType<typeof readFields>
  readonly after: ReturnType<typeof readCursor> | undefined
}

function askedOf(read: Read, request: FastifyRequest): Asked {
  const params = read.params.safeParse(request.params)
  if (!params.success) {
    throw new Problem('not-found', {
      detail: 'Nothing can be at this address: it holds what no slug and no number is made of.',
    })
  }
  const query = readPart('query', read.query, request.query)
  const { cursor, fields, offset } = query as { cursor?: string; fields?: string; offset?: number }
  if (cursor !== undefined && offset !== undefined) {
    const detail = 'cursor and offset are two ways to say the same: send one of them.'
    throw new Problem('bad-request', { detail, faults: [{ in: 'query', name: 'offset', detail }] })
  }
  const path = addresses.api + pathOf(read.path, params.data)
  const search = new URLSearchParams(
    Object.entries(query)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]): [string, string] => [name, String(value)])
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  )
  return {
    key: search.size === 0 ? path : `${path}?${search.toString()}`,
    path,
    params: params.data,
    query,
    fields: fields === undefined ? 'all' : readFields(fields, read.selectable),
    after: cursor === undefined ? undefined : readCursor(cursor, read.place ?? []),
  }
}

function pathOf(path: string, params: object): string {
  return path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => String(Reflect.get(params, name)))
}

function nextOf(
  outside: Outside,
  path: string,
  query: Readonly<Record<string, unknown>>,
  cursor: string,
): string {
  const { cursor: _before, offset: _offset, ...others } = query
  const asked = Object.entries({ ...others, cursor })
  const search = new URLSearchParams(
    asked.flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, value]],
    ),
  )
  return outside.at(`${path}?${search.toString()}`)
}

function answerOf(
  { kind }: Read,
  { rows, more }: Loaded,
  { next, query, fields }: Pick<Asked, 'query' | 'fields'> & { readonly next: string | undefined },
): unknown {
  if (kind === 'one') return selected(rows[0], fields)
  return {
    items: rows.map((row) => selected(row, fields)),
    next: next ?? null,
    ...(query['offset'] !== undefined && { note: NOTE }),
    ...more,
  }
}
