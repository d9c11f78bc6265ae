import { type Job, type Scheduled } from '@showrunner/jobs'
import {
  mailEmailChange,
  mailEmailChanged,
  mailSignInLink,
  removeExpiredSignIns,
} from '../accounts/index.ts'
import { forgetApiCreations } from '../api-tokens/index.ts'
import {
  COMMUNITY_JOBS,
  findArrivals,
  lookAfterCommunity,
  memberJoined,
  memberLeft,
} from '../community/index.ts'
import { forgetDownloadListeners, rankPopularEpisodes } from '../downloads/index.ts'
import { forgetLoggedMails } from '../mailing/index.ts'
import { tellHub, tellOfFeed, tellPodping } from '../feed/index.ts'
import { COMMENT_JOBS } from '../comments/index.ts'
import { IMPORT_JOBS } from '../import/index.ts'
import { ISSUE_JOBS } from '../issues/index.ts'
import { forgetFreeLimits } from '../limits/index.ts'
import { mailPrivateFeed, memberFeedListener } from '../member-feeds/index.ts'
import { forgetEvents, membershipJobs } from '../memberships/index.ts'
import { liveShowBegins } from '../live/index.ts'
import { bringFile } from '../moving/index.ts'
import { NEWS_JOBS } from '../news/index.ts'
import { mailWelcome } from '../people/index.ts'
import { episodeAppeared, episodeOutAgain, mailGuestThanks } from '../publishing/index.ts'
import { mailPreview } from '../mails/index.ts'
import { cleanUpUploads, retagAudio, takeUploadJob } from '../uploads/index.ts'
import { REQUEST_JOBS, removeUnconfirmedRequests } from '../requests/index.ts'
import { gatherSearchWords } from '../search/index.ts'
import { removeUnconfirmedSubscriptions, SUBSCRIPTION_JOBS } from '../subscriptions/index.ts'
import {
  deliverWebhook,
  forgetDeliveries,
  mailWebhookStopped,
  tellMemberJoined,
  tellMemberLeft,
  tellOfChangedEpisode,
} from '../webhooks/index.ts'
import { type JobParts } from './parts.ts'

export { type JobParts } from './parts.ts'

const HOUR_MS = 60 * 60_000

const { reconcileMemberships, ...ofEvents } = membershipJobs([
  { joined: memberJoined, left: memberLeft },
  memberFeedListener,
  { joined: tellMemberJoined, left: tellMemberLeft },
])

/** Every job there is. */
export const JOBS: readonly Job<JobParts>[] = [
  mailSignInLink,
  mailEmailChange,
  mailEmailChanged,
  removeExpiredSignIns,
  forgetApiCreations,
  mailWelcome,
  forgetFreeLimits,
  episodeAppeared,
  episodeOutAgain,
  liveShowBegins,
  tellOfFeed,
  tellHub,
  tellPodping,
  mailGuestThanks,
  ...REQUEST_JOBS,
  ...SUBSCRIPTION_JOBS,
  ...NEWS_JOBS,
  ...ISSUE_JOBS,
  ...COMMENT_JOBS,
  deliverWebhook,
  tellOfChangedEpisode,
  mailWebhookStopped,
  forgetDeliveries,
  forgetDownloadListeners,
  rankPopularEpisodes,
  ...IMPORT_JOBS,
  ...Object.values(ofEvents),
  reconcileMemberships,
  forgetEvents,
  ...COMMUNITY_JOBS,
  mailPrivateFeed,
  mailPreview,
  forgetLoggedMails,
  takeUploadJob,
  retagAudio,
  cleanUpUploads,
  bringFile,
  gatherSearchWords,
]

/** What runs by the clock, in UTC. After a night without a worker one run of each is enough. */
export const SCHEDULE: readonly Scheduled<JobParts>[] = [
  { job: removeExpiredSignIns, at: '17 * * * *', makeUpMs: HOUR_MS },
  { job: removeUnconfirmedRequests, at: '27 * * * *', makeUpMs: HOUR_MS },
  { job: removeUnconfirmedSubscriptions, at: '32 * * * *', makeUpMs: HOUR_MS },
  { job: forgetDeliveries, at: '42 4 * * *', makeUpMs: 24 * HOUR_MS },
  { job: forgetDownloadListeners, at: '0 * * * *', makeUpMs: HOUR_MS },
  { job: rankPopularEpisodes, at: '22 * * * *', makeUpMs: HOUR_MS },
  { job: forgetApiCreations, at: '52 4 * * *', makeUpMs: 24 * HOUR_MS },
  { job: forgetLoggedMails, at: '2 5 * * *', makeUpMs: 24 * HOUR_MS },
  { job: cleanUpUploads, at: '37 * * * *', makeUpMs: HOUR_MS },
  { job: findArrivals, at: '7 * * * *' },
  { job: reconcileMemberships, at: '23 3 * * *', makeUpMs: 24 * HOUR_MS },
  { job: forgetEvents, at: '12 5 * * *', makeUpMs: 24 * HOUR_MS },
  { job: lookAfterCommunity, at: '57 5 * * *', makeUpMs: 24 * HOUR_MS },
  { job: forgetFreeLimits, at: '47 * * * *', makeUpMs: HOUR_MS },
  { job: gatherSearchWords, at: '*/5 * * * *' },
]
