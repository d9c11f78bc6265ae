import { type Repo } from '@showrunner/data'
import { type JobParts } from '@showrunner/domain/jobs'
import { keepingMailer } from '@showrunner/domain/mailbox'
import { type Mailer, smtpMailer, unsetMailer } from '@showrunner/mail'
import { addresses, commentAddress } from '@showrunner/web'
import { type Env } from '../env.ts'
import { type MemberfulEnv, memberfulOf } from './memberful.ts'
import { type SlackEnv, slackOf } from './slack.ts'
import { stagingOf, type StorageEnv, storageOf } from './storage.ts'

/** What the jobs work with, as this environment has it. */
export function jobParts(
  env: Pick<Env, 'SMTP_URL' | 'MAIL_FROM' | 'NODE_ENV'> &
    StorageEnv &
    MemberfulEnv &
    SlackEnv &
    PodpingEnv,
  repo: Repo,
  publicUrl: string,
): JobParts {
  return {
    repo,
    clock: () => new Date(),
    mailer: mailerOf(env, repo, publicUrl),
    storage: storageOf(env),
    staging: stagingOf(env),
    tellsPrivate: isOnThisMachine(env, publicUrl),
    ...memberfulOf(env),
    slack: slackOf(env),
    podping: podpingOf(env),
    outside: { publicUrl, paths: addresses },
    signInPage: publicUrl + addresses.signedIn,
    joinPage: env.MEMBERFUL_SITE ?? publicUrl,
    signInAddress: (token) => publicUrl + addresses.signIn(token),
    requestAddress: (token) => publicUrl + addresses.requestByToken(token),
    requestDeskAddress: (id) => publicUrl + addresses.admin.request(id),
    webhookDeskAddress: (id) => publicUrl + addresses.admin.webhook(id),
    personPage: (handle) => publicUrl + addresses.person(handle),
    memberFeedAddress: (token) => publicUrl + addresses.memberFeed(token),
    subscribeAddress: (token) => publicUrl + addresses.confirmSubscription(token),
    unsubscribeAddress: (token) => publicUrl + addresses.unsubscribe(token),
    publicUrl,
    newsIssueAddress: (slug) => publicUrl + addresses.newsIssue(slug),
    newsItemAddress: (item) => publicUrl + addresses.newsItem(item),
    commentAddress: (subject, id) => publicUrl + commentAddress(subject, id),
    unfollowAddress: (token) => publicUrl + addresses.unfollow(token),
    unwantedAddress: (token, why) => publicUrl + addresses.unwantedMails(token, why),
    commentsDesk: publicUrl + addresses.admin.comments,
    memberFeedsPage: publicUrl + addresses.memberFeeds,
    episodeAddress: (podcast, episode) => publicUrl + addresses.episode(podcast, episode),
  }
}

type PodpingEnv = Partial<Pick<Env, 'PODPING_TOKEN' | 'PODPING_URL'>>

/** How Podping is told of feeds, where there is a token for it. */
function podpingOf({ PODPING_TOKEN: token, PODPING_URL: url }: PodpingEnv): JobParts['podping'] {
  return token === undefined || url === undefined ? undefined : { token, url }
}

/** A site that nobody else reaches tells programs beside it; any other reaches the public internet only. */
function isOnThisMachine({ NODE_ENV }: Pick<Env, 'NODE_ENV'>, publicUrl: string): boolean {
  const { hostname } = new URL(publicUrl)
  return NODE_ENV !== 'production' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

/** Whether mails are kept, to be read at `/dev/mailbox`: where no server is set up, but never in production. */
export function keepsMail({ SMTP_URL, NODE_ENV }: Pick<Env, 'SMTP_URL' | 'NODE_ENV'>): boolean {
  return SMTP_URL === undefined && NODE_ENV !== 'production'
}

function mailerOf(
  env: Pick<Env, 'SMTP_URL' | 'MAIL_FROM' | 'NODE_ENV'>,
  repo: Repo,
  publicUrl: string,
): Mailer {
  if (keepsMail(env)) return keepingMailer(repo)
  if (env.SMTP_URL === undefined) return unsetMailer
  return smtpMailer({ url: env.SMTP_URL, from: env.MAIL_FROM ?? senderAt(publicUrl) })
}

function senderAt(publicUrl: string): string {
  return `no-reply@${new URL(publicUrl).hostname}`
}
