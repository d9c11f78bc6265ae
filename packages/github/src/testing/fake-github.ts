import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { type TestContext } from 'node:test'
import { text } from 'node:stream/consumers'
import { type GithubApp } from '../github-app.ts'

export interface FakeUser {
  readonly login: string
  readonly name?: string | null
  readonly emails: readonly { email: string; verified: boolean; primary: boolean }[]
}

export interface FakeGithub {
  /** An app that is known there. */
  readonly app: GithubApp
  /** What this user's browser is sent back to when they say yes at that address. */
  readonly approve: (authorizeAddress: string, user: FakeUser) => URL
}

/** A GitHub that knows one app, until the test is over. It holds to OAuth: codes work once, with their verifier. */
export async function fakeGithub(t: Pick<TestContext, 'after'>): Promise<FakeGithub> {
  const codes = new Map<string, { user: FakeUser; challenge: string; redirectUri: string }>()
  const tokens = new Map<string, FakeUser>()

  const token = async (request: IncomingMessage) => {
    const given = new URLSearchParams(await text(request))
    const found = codes.get(given.get('code') ?? '')
    codes.delete(given.get('code') ?? '')
    const challenge = createHash('sha256').update(given.get('code_verifier') ?? '')
    const isRight =
      given.get('client_id') === 'radio' &&
      given.get('client_secret') === 's3cret' &&
      found?.redirectUri === given.get('redirect_uri') &&
      found?.challenge === challenge.digest('base64url')
    if (!found || !isRight) return { error: 'bad_verification_code' }
    const access = randomBytes(12).toString('hex')
    tokens.set(access, found.user)
    return { access_token: access, token_type: 'bearer', scope: 'user:email' }
  }
  const server = createServer((request, response) => {
    const user = tokens.get(request.headers.authorization?.replace('Bearer ', '') ?? '')
    const find = async (): Promise<unknown> => {
      if (request.url === '/login/oauth/access_token') return token(request)
      if (request.url === '/user/emails') return user?.emails
      return user && { login: user.login, name: user.name ?? null }
    }
    const answer = async (): Promise<void> => {
      const found = await find()
      response.writeHead(found ? 200 : 401, { 'content-type': 'application/json' })
      response.end(JSON.stringify(found ?? { message: 'Bad credentials' }))
    }
    void answer()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port')
  const site = `http://127.0.0.1:${address.port}`

  return {
    app: { clientId: 'radio', clientSecret: 's3cret', site, api: site },
    approve(authorizeAddress, user) {
      const asked = new URL(authorizeAddress).searchParams
      const code = randomBytes(12).toString('hex')
      const redirectUri = asked.get('redirect_uri') ?? ''
      codes.set(code, { user, redirectUri, challenge: asked.get('code_challenge') ?? '' })
      const back = new URL(redirectUri)
      back.search = String(new URLSearchParams({ code, state: asked.get('state') ?? '' }))
      return back
    },
  }
}
