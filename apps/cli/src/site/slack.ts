import { type JobParts } from '@showrunner/domain/jobs'
import { type Env } from '../env.ts'

export type SlackEnv = Partial<Pick<Env, 'SLACK_TOKEN' | 'SLACK_API_URL'>>

/** The app in Slack, where there is a token of one. */
export function slackOf({ SLACK_TOKEN: token, SLACK_API_URL: api }: SlackEnv): JobParts['slack'] {
  return token === undefined ? undefined : { token, api }
}
