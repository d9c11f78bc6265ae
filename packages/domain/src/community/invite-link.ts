import { type Repo } from '@showrunner/data'
import { inviteMailsWith } from './community-invite-mail.ts'
import { type CommunitySettings, getCommunitySettings } from './community-settings.ts'
import { tell } from './tell-staff.ts'

/** Slack's shared links let in so many people, and end after so many days. */
export const MOST_USES = 400
export const LINK_DAYS = 30

const DAY_MS = 24 * 60 * 60_000
const WARNING_DAYS = 7
const WARNING_USES = 300

/** How long the invite link will do. */
export interface LinkStanding {
  /** `spent` has gone to as many as it lets in. */
  readonly state: 'unset' | 'good' | 'ending' | 'ended' | 'spent'
  /** The day after which it lets nobody in; null when nobody said. */
  readonly endsOn: string | null
  readonly daysLeft: number | null
  /** In how many mails it went out. */
  readonly uses: number
}

type Link = Pick<CommunitySettings, 'inviteUrl' | 'inviteUrlEndsOn'>

/** It is good through its last day, wherever that ends first. */
export async function linkStanding(
  repo: Repo,
  { inviteUrl, inviteUrlEndsOn: endsOn }: Link,
  asOf: Date,
): Promise<LinkStanding> {
  if (inviteUrl === null) return { state: 'unset', endsOn, daysLeft: null, uses: 0 }

  const uses = await inviteMailsWith(repo, inviteUrl)
  const daysLeft = endsOn === null ? null : daysUntil(endsOn, asOf)
  return { state: stateOf(daysLeft, uses), endsOn, daysLeft, uses }
}

/** The same as the settings have it; null where nobody is invited by a link. */
export async function inviteLinkStanding(repo: Repo, asOf: Date): Promise<LinkStanding | null> {
  const settings = await getCommunitySettings(repo)
  return settings.means === 'link' ? linkStanding(repo, settings, asOf) : null
}

function stateOf(daysLeft: number | null, uses: number): LinkStanding['state'] {
  if (daysLeft !== null && daysLeft < 0) return 'ended'
  if (uses >= MOST_USES) return 'spent'
  return (daysLeft !== null && daysLeft <= WARNING_DAYS) || uses >= WARNING_USES ? 'ending' : 'good'
}

/** Why nobody is mailed the link; null when it is mailed. */
export function whyNotMailed({ state }: LinkStanding): string | null {
  switch (state) {
    case 'unset':
      return 'There is no invite link in the settings.'
    case 'ended':
      return 'The invite link in the settings has ended. Slack has to make another.'
    case 'spent':
      return `The invite link in the settings went out in ${MOST_USES} mails, and Slack lets in no more by one. Slack has to make another.`
    case 'good':
    case 'ending':
      return null
    default:
      throw new Error(`unknown state: ${String(state satisfies never)}`)
  }
}

/** Lets the staff channel hear of a link that will not do for long, or not at all, once for each. */
export async function warnOfLink(repo: Repo, asOf: Date): Promise<void> {
  const standing = await inviteLinkStanding(repo, asOf)
  if (!standing || standing.state === 'unset' || standing.state === 'good') return
  const { inviteUrlSince } = await getCommunitySettings(repo)
  const since = inviteUrlSince?.toISOString() ?? ''
  const key = `link:${standing.state}:${since}:${standing.endsOn ?? ''}`
  await tell(repo, key, linkWarning(standing))
}

/** What an invite link that ends, or has ended, means for whoever joins. */
export function linkWarning({ state, endsOn, uses }: LinkStanding): string {
  const when = endsOn === null ? '' : ` Its last day is ${endsOn}.`
  const went = uses === 1 ? 'It went out in one mail' : `It went out in ${uses} mails`
  const another = 'Make another in Slack, and put it into the settings.'
  switch (state) {
    case 'ended':
      return `The invite link to Slack has ended: it is mailed to nobody any more, and new members wait.${when} ${another}`
    case 'spent':
      return `The invite link to Slack is used up: ${went.replace('It', 'it')}, and Slack lets in no more than ${MOST_USES} by one. It is mailed to nobody any more, and new members wait. ${another}`
    default:
      return `The invite link to Slack ends soon.${when} ${went}, and Slack lets in ${MOST_USES} by one. ${another}`
  }
}

/** Whether such a last day has passed. */
export function isOver(endsOn: string | null, asOf: Date): boolean {
  return endsOn !== null && daysUntil(endsOn, asOf) < 0
}

function daysUntil(day: string, asOf: Date): number {
  const today = Date.parse(`${asOf.toISOString().slice(0, 10)}T00:00:00Z`)
  return Math.round((Date.parse(`${day}T00:00:00Z`) - today) / DAY_MS)
}
