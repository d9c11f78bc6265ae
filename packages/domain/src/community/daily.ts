import { from, type Repo } from '@showrunner/data'
import { defineJob } from '@showrunner/jobs'
import { z } from 'zod'
import { CommunityNotice } from './community-notice.ts'
import { getCommunitySettings } from './community-settings.ts'
import { type LinkStanding, linkStanding } from './invite-link.ts'
import { removeOldSlackEvents } from './slack-events.ts'
import { tell } from './tell-staff.ts'

const YEAR_MS = 365 * 24 * 60 * 60_000

/** Warns of an invite link that ends, and forgets what nobody needs any more. */
export const lookAfterCommunity = defineJob({
  name: 'look_after_community',
  args: z.object({}),
  maxAttempts: 3,
  perform: async ({ repo, clock }: { readonly repo: Repo; readonly clock: () => Date }) => {
    const asOf = clock()
    await warnOfLink(repo, asOf)
    await removeOldSlackEvents(repo, asOf)
    const before = new Date(asOf.getTime() - YEAR_MS)
    await repo.deleteAll(from(CommunityNotice).where('insertedAt', '<', before))
  },
})

async function warnOfLink(repo: Repo, asOf: Date): Promise<void> {
  const settings = await getCommunitySettings(repo)
  if (settings.means !== 'link') return
  const standing = await linkStanding(repo, settings, asOf)
  if (standing.state !== 'ending' && standing.state !== 'ended') return
  const since = settings.inviteUrlSince?.toISOString() ?? ''
  await tell(
    repo,
    `link:${standing.state}:${since}:${standing.endsOn ?? ''}`,
    linkWarning(standing),
  )
}

/** What an invite link that ends, or has ended, means for whoever joins. */
export function linkWarning({ state, endsOn, uses }: LinkStanding): string {
  const when = endsOn === null ? '' : ` Its last day is ${endsOn}.`
  const used = `It was mailed to ${uses} of the 400 whom Slack lets in by one link.`
  return state === 'ended'
    ? `The invite link to Slack has ended: nobody gets in by it. Make another in Slack, and put it into the settings.${when} ${used}`
    : `The invite link to Slack ends soon.${when} ${used} Make another in Slack, and put it into the settings.`
}
