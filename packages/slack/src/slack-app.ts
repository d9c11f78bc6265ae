/** An app in one workspace, and where Slack is. */
export interface SlackApp {
  /** `xoxb-…` of a bot, or `xoxp-…` of an administrator, where the means of inviting needs one. */
  readonly token: string
  /** `https://slack.com/api`, unless said. */
  readonly api?: string | undefined
  /** How long Slack may keep silent. Ten seconds unless said. */
  readonly patienceMs?: number | undefined
  readonly fetch?: typeof fetch
}
