import { from, type Repo } from '@showrunner/data'
import { defineJob } from '@showrunner/jobs'
import { z } from 'zod'
import { removeOldInviteMails } from './community-invite-mail.ts'
import { CommunityNotice } from './community-notice.ts'
import { getCommunitySettings } from './community-settings.ts'
import { warnOfLink } from './invite-link.ts'
import { removeOldSlackEvents } from './slack-events.ts'

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
    const { inviteUrl } = await getCommunitySettings(repo)
    await removeOldInviteMails(repo, inviteUrl, asOf)
    const before = new Date(asOf.getTime() - YEAR_MS)
    await repo.deleteAll(from(CommunityNotice).where('insertedAt', '<', before))
  },
})
