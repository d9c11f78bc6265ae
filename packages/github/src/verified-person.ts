import { z } from 'zod'
import { GithubError } from './errors.ts'
import { type GithubApp } from './github-app.ts'

const PATIENCE_MS = 10_000

const Token = z.object({ access_token: z.string() })
const Refusal = z.object({ error: z.string() })
const Emails = z.array(z.object({ email: z.string(), verified: z.boolean(), primary: z.boolean() }))
const User = z.object({ login: z.string(), name: z.string().nullish() })

export interface VerifiedPerson {
  readonly name: string
  /** The addresses GitHub has seen them answer from, the primary one first. */
  readonly emails: readonly string[]
}

/**
 * Who the code of an authorisation belongs to. The token it is exchanged for is used here and forgotten.
 *
 * @throws GithubError when GitHub does not take the code, does not answer, or knows no verified address.
 */
export async function verifiedPerson(
  app: GithubApp,
  { code, verifier, redirectUri }: { code: string; verifier: string; redirectUri: string },
): Promise<VerifiedPerson> {
  const token = await exchange(app, { code, code_verifier: verifier, redirect_uri: redirectUri })
  const [emails, { name, login }] = await Promise.all([
    ask(app, token, '/user/emails', Emails),
    ask(app, token, '/user', User),
  ])
  const verified = emails
    .filter((email) => email.verified)
    .toSorted((one, other) => Number(other.primary) - Number(one.primary))
  if (verified.length === 0) throw new GithubError('GitHub knows no verified address of this user.')
  return { name: name?.trim() || login, emails: verified.map(({ email }) => email.toLowerCase()) }
}

async function exchange(
  { clientId, clientSecret, site = 'https://github.com', fetch: ask = fetch }: GithubApp,
  fields: Readonly<Record<string, string>>,
): Promise<string> {
  const answer = await json(ask, new URL('/login/oauth/access_token', site), {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...fields }),
  })
  const token = Token.safeParse(answer)
  if (token.success) return token.data.access_token

  const refusal = Refusal.safeParse(answer)
  throw new GithubError(
    `GitHub did not take the code: ${refusal.success ? refusal.data.error : 'no token in its answer'}.`,
  )
}

async function ask<T>(
  { api = 'https://api.github.com', fetch: ask = fetch }: GithubApp,
  token: string,
  path: string,
  type: z.ZodType<T>,
): Promise<T> {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json' }
  const read = type.safeParse(await json(ask, new URL(path, api), { headers }))
  if (!read.success) throw new GithubError(`GitHub answered ${path} with something else.`)
  return read.data
}

async function json(ask: typeof fetch, url: URL, options: RequestInit): Promise<unknown> {
  try {
    const response = await ask(url, { ...options, signal: AbortSignal.timeout(PATIENCE_MS) })
    if (!response.ok)
      throw new GithubError(`GitHub answered ${response.status} to ${url.pathname}.`)
    return await response.json()
  } catch (error) {
    if (error instanceof GithubError) throw error
    throw new GithubError(`GitHub did not answer ${url.pathname}.`, { cause: error })
  }
}
