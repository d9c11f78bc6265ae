import { from, type Repo } from '@showrunner/data'
import { CommunityAccount } from './community-account.ts'
import { type CommunitySettings } from './community-settings.ts'

/** Slack's shared links let in so many people, and end after so many days. */
export const MOST_USES = 400
export const LINK_DAYS = 30

const DAY_MS = 24 * 60 * 60_000
const WARNING_DAYS = 7
const WARNING_USES = 350

/** How long the invite link will do. */
export interface LinkStanding {
  readonly state: 'unset' | 'good' | 'ending' | 'ended'
  /** The day after which it lets nobody in; null when nobody said. */
  readonly endsOn: string | null
  readonly daysLeft: number | null
  /** How many it was mailed to. */
  readonly uses: number
}

/** Whether the link can be mailed. It is good through its last day, wherever that ends first. */
export function isLinkOver(
  { inviteUrlEndsOn }: Pick<CommunitySettings, 'inviteUrlEndsOn'>,
  asOf: Date,
): boolean {
  return inviteUrlEndsOn !== null && daysUntil(inviteUrlEndsOn, asOf) < 0
}

export async function linkStanding(
  repo: Repo,
  settings: CommunitySettings,
  asOf: Date,
): Promise<LinkStanding> {
  const { inviteUrl, inviteUrlEndsOn: endsOn, inviteUrlSince } = settings
  if (inviteUrl === null) return { state: 'unset', endsOn, daysLeft: null, uses: 0 }

  const invited = from(CommunityAccount).where({ means: 'link' })
  const uses = await repo.count(
    inviteUrlSince ? invited.where('invitedAt', '>=', inviteUrlSince) : invited,
  )
  const daysLeft = endsOn === null ? null : daysUntil(endsOn, asOf)
  const isOver = (daysLeft !== null && daysLeft < 0) || uses >= MOST_USES
  const isNear = (daysLeft !== null && daysLeft <= WARNING_DAYS) || uses >= WARNING_USES
  return { state: isOver ? 'ended' : isNear ? 'ending' : 'good', endsOn, daysLeft, uses }
}

function daysUntil(day: string, asOf: Date): number {
  const today = Date.parse(`${asOf.toISOString().slice(0, 10)}T00:00:00Z`)
  return Math.round((Date.parse(`${day}T00:00:00Z`) - today) / DAY_MS)
}
