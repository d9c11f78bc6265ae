import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type TestContext } from 'node:test'
import { text } from 'node:stream/consumers'
import { type SlackApp } from '../slack-app.ts'
import { emptyWorkspace, type Workspace } from './workspace.ts'
import { METHODS } from './methods.ts'

export { type FakeUser } from './workspace.ts'

/** What a method was asked, whatever came of it. */
export interface SlackCall {
  readonly method: string
  readonly fields: Readonly<Record<string, string>>
}

/** How a method answers instead of doing it; or, `afterwards`, though it did. */
type Trouble = (
  | { readonly silent: true }
  | { readonly status: number; readonly retryAfter?: number }
  | { readonly error: string; readonly needed?: string }
  /** HTML, with which something in between answers. */
  | { readonly page: string }
) & { readonly afterwards?: boolean; readonly times?: number }

export interface FakeSlack {
  /** An app with a token that this workspace knows. */
  readonly app: SlackApp
  readonly calls: readonly SlackCall[]
  /** How often a method was asked. */
  readonly count: (method: string) => number
  /** From now on a method answers so, as many times as said, or until it is told otherwise. */
  readonly trouble: (method: string, trouble: Trouble | null) => void
  readonly workspace: Workspace
}

const TOKEN = 'xoxb-fake'

/** A Slack with one workspace, until the test is over. SCIM's methods are called `SCIM POST /Users` and so on. */
export async function fakeSlack(t: Pick<TestContext, 'after'>): Promise<FakeSlack> {
  const workspace = emptyWorkspace()
  const calls: SlackCall[] = []
  const troubles = new Map<string, { trouble: Trouble; left: number }>()

  const troubleOf = (method: string): Trouble | undefined => {
    const kept = troubles.get(method)
    if (!kept || kept.left === 0) return undefined
    kept.left -= 1
    return kept.trouble
  }
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method, fields } = await readCall(request)
    calls.push({ method, fields })
    const trouble = troubleOf(method)
    const isKnown = request.headers.authorization === `Bearer ${TOKEN}`
    if (trouble && !trouble.afterwards) return fail(response, trouble)
    const result = isKnown
      ? (METHODS[method]?.(workspace, fields) ?? { error: 'unknown_method' })
      : { status: method.startsWith('SCIM') ? 401 : 200, error: 'invalid_auth' }
    if (trouble) return fail(response, trouble)
    const { status = 200, error, ...body } = result
    send(response, status, { ok: error === undefined, ...(error && { error }), ...body })
  }
  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port')

  return {
    app: { token: TOKEN, api: `http://127.0.0.1:${address.port}/api`, patienceMs: 30_000 },
    calls,
    count: (method) => calls.filter((call) => call.method === method).length,
    trouble: (method, trouble) => {
      if (trouble) troubles.set(method, { trouble, left: trouble.times ?? Infinity })
      else troubles.delete(method)
    },
    workspace,
  }
}

async function readCall(request: IncomingMessage): Promise<SlackCall> {
  const { pathname } = new URL(request.url ?? '/', 'http://slack')
  const body = await text(request)
  if (!pathname.startsWith('/scim/')) {
    const fields = Object.fromEntries(new URLSearchParams(body))
    return { method: pathname.replace('/api/', ''), fields }
  }
  const id = pathname.split('/')[4] ?? ''
  return { method: `SCIM ${request.method} /Users`, fields: { id, body } }
}

function fail(response: ServerResponse, trouble: Trouble): void {
  if ('silent' in trouble) return
  if ('page' in trouble) {
    response.writeHead(200, { 'content-type': 'text/html' }).end(trouble.page)
    return
  }
  if ('error' in trouble) {
    return send(response, 200, { ok: false, error: trouble.error, needed: trouble.needed })
  }
  if (trouble.retryAfter !== undefined) response.setHeader('retry-after', trouble.retryAfter)
  send(response, trouble.status, { ok: false, error: 'ratelimited' })
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-oauth-scopes': 'chat:write,channels:manage,users:read,users:read.email',
  })
  response.end(JSON.stringify(body))
}
