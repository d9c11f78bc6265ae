import { type SlackApp, SlackError, whoAmI } from '@showrunner/slack'

/** What a token turned out to be. */
export type Tried =
  | {
      readonly ok: true
      readonly team: string
      readonly user: string
      /** What it may do; null when Slack does not say. */
      readonly scopes: readonly string[] | null
    }
  | { readonly ok: false; readonly words: string }

/** Asks Slack whose token it is. */
export async function tryToken(slack: SlackApp | undefined): Promise<Tried> {
  if (!slack) {
    return {
      ok: false,
      words: 'SLACK_TOKEN is not set where this program runs: nobody can be asked.',
    }
  }
  try {
    const { team, user, scopes } = await whoAmI(slack)
    return { ok: true, team, user, scopes }
  } catch (error) {
    if (error instanceof SlackError) return { ok: false, words: error.message }
    throw error
  }
}
