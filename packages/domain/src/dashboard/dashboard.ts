import { from, type Repo } from '@showrunner/data'
import { countJobs, type JobStatus, listJobs } from '@showrunner/jobs'
import { type Activity, listActivity } from '../activity/index.ts'
import * as admin from '../admin/index.ts'
import { listScheduled, type ScheduledEpisode } from '../episodes/index.ts'
import { countWaiting as countWaitingComments } from '../comments/index.ts'
import { countWaiting, inviteLinkStanding, type LinkStanding } from '../community/index.ts'
import { downloadTotals, may as mayOfDownloads, type SpanTotal } from '../downloads/index.ts'
import { type Paged } from '../lists/index.ts'
import { type InboxHealth, inboxHealth } from '../memberships/index.ts'
import { Person } from '../people/index.ts'
import { type Actor, isHost } from '../policies/index.ts'
import * as posts from '../posts/index.ts'
import { type FreshRequests, listFreshRequests } from '../requests/index.ts'
import { listRefused, type Upload } from '../uploads/index.ts'
import { listStopped, type WebhookEndpoint } from '../webhooks/index.ts'
import { showsToday, type ShowToday } from './shows.ts'

/** What needs somebody today, and what is going on where they work. */
export interface Dashboard {
  readonly shows: readonly ShowToday[]
  /** What appears next, on the podcasts they work on. */
  readonly scheduledEpisodes: readonly ScheduledEpisode[]
  /** The posts that are theirs; null for who writes none. */
  readonly posts: PostsToday | null
  /** Null for who answers none. */
  readonly requests: FreshRequests | null
  /** What was sent in the last days and not taken. */
  readonly refusedUploads: readonly Upload[]
  readonly activities: readonly Activity[]
  /** Of the podcasts they work on; null for who works on none. */
  readonly downloads: readonly SpanTotal[] | null
  /** What administrators look after; null for others. */
  readonly network: NetworkToday | null
}

interface PostsToday {
  readonly drafts: Paged<posts.PostWithPeople>
  readonly scheduled: Paged<posts.PostWithPeople>
}

export interface NetworkToday {
  readonly failedJobs: readonly JobStatus[]
  readonly failedJobCount: number
  /** Of what Memberful sent. */
  readonly inbox: InboxHealth
  /** Of the link that members are invited to Slack by; null where they are invited otherwise. */
  readonly inviteLink: LinkStanding | null
  /** How many are not where members talk, because something could not be done. */
  readonly waitingMembers: number
  /** Those to which nothing got through, so that they were switched off. */
  readonly stoppedWebhooks: readonly WebhookEndpoint[]
  /** How many comments nobody has looked at. */
  readonly waitingComments: number
  readonly people: PeopleCounts
}

interface PeopleCounts {
  readonly all: number
  /** Who came in the last thirty days. */
  readonly fresh: number
  readonly administrators: number
  readonly editors: number
  readonly hosts: number
}

const DAY_MS = 24 * 60 * 60_000
const RECENT = 10
const MOST_SCHEDULED = 10
const MOST_REQUESTS = 5
const MOST_FAILED = 5

/** Asked at once, and as much however large the network is. */
export async function getDashboard(repo: Repo, actor: Actor, asOf: Date): Promise<Dashboard> {
  const ago = (days: number) => new Date(asOf.getTime() - days * DAY_MS)
  const [
    shows,
    scheduledEpisodes,
    ownPosts,
    requests,
    refusedUploads,
    activity,
    network,
    downloads,
  ] = await Promise.all([
    showsToday(repo, actor, asOf),
    listScheduled(repo, actor, asOf, MOST_SCHEDULED),
    posts.may(actor, 'list') ? postsToday(repo, actor, asOf) : null,
    isHost(actor) ? listFreshRequests(repo, actor, asOf, MOST_REQUESTS) : null,
    listRefused(repo, actor, ago(7), MOST_FAILED),
    listActivity(repo, actor, { limit: RECENT }),
    admin.may(actor, 'watchJobs') ? networkToday(repo, asOf, ago(30)) : null,
    mayOfDownloads(actor, 'list') ? downloadTotals(repo, actor, asOf) : null,
  ])
  const { activities } = activity
  return {
    shows,
    scheduledEpisodes,
    posts: ownPosts,
    requests,
    refusedUploads,
    activities,
    downloads,
    network,
  }
}

async function postsToday(repo: Repo, actor: Actor, asOf: Date): Promise<PostsToday> {
  const [drafts, scheduled] = await Promise.all([
    posts.searchPosts(repo, actor, 'drafts', {}, asOf),
    posts.searchPosts(repo, actor, 'scheduled', {}, asOf),
  ])
  return { drafts, scheduled }
}

async function networkToday(repo: Repo, asOf: Date, since: Date): Promise<NetworkToday> {
  const people = from(Person)
  const [
    failedJobs,
    { failed },
    inbox,
    inviteLink,
    waitingMembers,
    stoppedWebhooks,
    comments,
    ...counts
  ] = await Promise.all([
    listJobs(repo, { states: ['failed'], limit: MOST_FAILED }),
    countJobs(repo),
    inboxHealth(repo, asOf),
    inviteLinkStanding(repo, asOf),
    countWaiting(repo),
    listStopped(repo),
    countWaitingComments(repo),
    repo.count(people),
    repo.count(people.where('insertedAt', '>=', since)),
    repo.count(people.where({ admin: true })),
    repo.count(people.where({ editor: true })),
    repo.count(people.where({ host: true })),
  ])
  const [all, fresh, administrators, editors, hosts] = counts
  return {
    failedJobs,
    failedJobCount: failed,
    inbox,
    inviteLink,
    waitingMembers,
    stoppedWebhooks,
    waitingComments: comments,
    people: { all, fresh, administrators, editors, hosts },
  }
}
