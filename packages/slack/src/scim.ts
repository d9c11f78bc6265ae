import { z } from 'zod'
import { jsonOf, send, SLACK_API } from './ask.ts'
import { SlackError } from './errors.ts'
import { type SlackApp } from './slack-app.ts'

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
const LONGEST_NAME = 21

const Created = z.object({ id: z.string().min(1) })

/** Makes an account; gives its id. @throws SlackError, `http_409` when there is one. */
export async function createScimUser(
  app: SlackApp,
  { email, name }: { readonly email: string; readonly name: string },
): Promise<string> {
  const [givenName = name, ...rest] = name.trim().split(/\s+/)
  const text = await scim(app, 'POST', '/Users', {
    schemas: [USER],
    userName: userName(email),
    name: { givenName, familyName: rest.join(' ') || givenName },
    displayName: name,
    emails: [{ value: email, primary: true }],
    active: true,
  })
  const created = Created.safeParse(jsonOf(text))
  if (!created.success) throw new SlackError('SCIM POST /Users', 'unreadable')
  return created.data.id
}

/** Lets a deactivated account in again. @throws SlackError */
export async function activateScimUser(app: SlackApp, id: string): Promise<void> {
  await scim(app, 'PATCH', `/Users/${encodeURIComponent(id)}`, {
    schemas: [PATCH],
    Operations: [{ op: 'replace', path: 'active', value: true }],
  })
}

/** Deactivates an account; one that is gone is no failure. @throws SlackError */
export async function deactivateScimUser(app: SlackApp, id: string): Promise<void> {
  try {
    await scim(app, 'DELETE', `/Users/${encodeURIComponent(id)}`)
  } catch (error) {
    if (!(error instanceof SlackError && error.code === 'http_404')) throw error
  }
}

async function scim(app: SlackApp, verb: string, path: string, body?: object): Promise<string> {
  const method = `SCIM ${verb} /Users`
  const { status, text } = await send(app, method, scimApi(app) + path, {
    method: verb,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (status >= 400)
    throw new SlackError(method, status === 401 ? 'invalid_auth' : `http_${status}`)
  return text
}

/** Slack keeps it at another host than the rest. Elsewhere, as in a test, it lies beside. */
function scimApi({ api = SLACK_API }: SlackApp): string {
  const base = api === SLACK_API ? 'https://api.slack.com' : new URL(api).origin
  return `${base}/scim/v2`
}

/** Slack takes lower-case letters, digits, dots, dashes and underscores, and not many of them. */
function userName(email: string): string {
  const [local = ''] = email.toLowerCase().split('@')
  return local.replace(/[^a-z0-9._-]+/g, '-').slice(0, LONGEST_NAME) || 'member'
}
