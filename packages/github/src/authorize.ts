import { createHash, randomBytes } from 'node:crypto'
import { type GithubApp } from './github-app.ts'

/** What one try to sign in is known by. Both stay in the browser that tries, and `verifier` is sent to GitHub last. */
export interface Attempt {
  /** Comes back with the answer: an answer to somebody else's try is not taken. */
  readonly state: string
  /** A code is worth nothing without it (PKCE). */
  readonly verifier: string
}

export function newAttempt(): Attempt {
  return {
    state: randomBytes(24).toString('base64url'),
    verifier: randomBytes(32).toString('base64url'),
  }
}

/** Where GitHub asks somebody whether we may know their addresses, and nothing more. */
export function authorizeAddress(
  { clientId, site = 'https://github.com' }: GithubApp,
  { state, verifier }: Attempt,
  redirectUri: string,
): string {
  const url = new URL('/login/oauth/authorize', site)
  url.search = String(
    new URLSearchParams({
      client_id: clientId,
      redirect_uri: redirectUri,
      scope: 'user:email',
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }),
  )
  return url.href
}
