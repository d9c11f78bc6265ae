import { type Repo } from '@showrunner/data'
import { type Message } from '@showrunner/mail'
import { temporaryStorage } from '@showrunner/storage/testing'
import { type JobParts } from '../jobs/index.ts'
import { OUTSIDE } from './outside.ts'
import { temporaryStaging } from './temporary-staging.ts'

/** What jobs that only mail are handed in a test: mails end in `sent`. */
export function partsOfJobs(
  repo: Repo,
  { asOf, sent }: { readonly asOf: Date; readonly sent: Message[] },
): JobParts {
  const site = 'https://radio.example'
  return {
    repo,
    clock: () => asOf,
    storage: temporaryStorage(),
    staging: temporaryStaging(),
    mailer: { send: async (message) => void sent.push(message) },
    outside: { ...OUTSIDE, publicUrl: site },
    signInPage: `${site}/in`,
    joinPage: `${site}/join`,
    signInAddress: (token) => `${site}/in/${token}`,
    requestAddress: (token) => `${site}/request/${token}`,
    requestDeskAddress: (id) => `${site}/admin/requests/${id}`,
    webhookDeskAddress: (id) => `${site}/admin/webhooks/${id}`,
    personPage: (handle) => `${site}/person/${handle}`,
    memberFeedAddress: (token) => `${site}/members/${token}/feed`,
    subscribeAddress: (token) => `${site}/subscribe/${token}`,
    unsubscribeAddress: (token) => `${site}/unsubscribe/${token}`,
    publicUrl: site,
    newsIssueAddress: (slug) => `${site}/news/issues/${slug}`,
    newsItemAddress: ({ id }) => `${site}/news/${id}`,
    commentAddress: (_subject, id) => `${site}/comments/${id}`,
    unfollowAddress: (token) => `${site}/unfollow/${token}`,
    unwantedAddress: (token, why) => `${site}/unfollow/${token}/${why}`,
    commentsDesk: `${site}/admin/comments`,
    memberFeedsPage: `${site}/~/feeds`,
    episodeAddress: (podcast, episode) => `${site}/${podcast}/${episode}`,
  }
}
