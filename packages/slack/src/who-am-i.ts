import { z } from 'zod'
import { ask } from './ask.ts'
import { type SlackApp } from './slack-app.ts'

/** Whom a token belongs to, and what it may do. */
export interface TokenOwner {
  readonly team: string
  readonly teamId: string
  /** Of the workspace. */
  readonly url: string
  readonly user: string
  /** Null when Slack does not say, as for the oldest kind of token. */
  readonly scopes: readonly string[] | null
}

const Test = z.object({
  team: z.string().default(''),
  team_id: z.string().default(''),
  url: z.string().default(''),
  user: z.string().default(''),
})

/** @throws SlackError, `invalid_auth` for a token that is not, or no longer, one. */
export async function whoAmI(app: SlackApp): Promise<TokenOwner> {
  const { body, headers } = await ask(app, 'auth.test', {}, Test)
  const scopes = headers.get('x-oauth-scopes')
  return {
    team: body.team,
    teamId: body.team_id,
    url: body.url,
    user: body.user,
    scopes: scopes === null ? null : scopes.split(',').flatMap((scope) => scope.trim() || []),
  }
}
