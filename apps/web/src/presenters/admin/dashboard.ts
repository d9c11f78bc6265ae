import { type Account } from '@showrunner/domain/accounts'
import { type Dashboard, type NetworkToday } from '@showrunner/domain/dashboard'
import * as imports from '@showrunner/domain/import'
import * as podcasts from '@showrunner/domain/podcasts'
import * as posts from '@showrunner/domain/posts'
import { localIn } from '@showrunner/domain/zones'
import { addresses } from '../../addresses.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { moment } from '../dates.ts'
import { excerpt } from '../excerpts.ts'
import { activityHref, sentenceOf } from './activity-words.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { showsPart, type ShowsPart } from './dashboard-shows.ts'
import { type TroubleLine, troubles } from './dashboard-troubles.ts'
import { type SpanPart, spanParts } from './downloads.ts'
import { type NearMoment, nearMoment } from './near-moment.ts'
import { en } from '../../words/index.ts'

const { admin } = addresses

/** What needs somebody today. */
export interface DashboardPage extends AdminPage {
  /** `Friday 20 November 2026` */
  readonly day: string
  readonly zone: string
  /** Said of a network in which there is nothing yet, to who may begin. */
  readonly isNew: boolean
  readonly actions: readonly { readonly label: string; readonly href: string }[]
  readonly troubles: readonly TroubleLine[]
  /** Null where nothing is there to be heard. */
  readonly downloads: readonly SpanPart[] | null
  /** Null for who works on no podcast. */
  readonly shows: ShowsPart | null
  /** Null for who writes no posts. */
  readonly posts: PostsPart | null
  readonly upcoming: readonly UpcomingLine[]
  /** Null for who answers none. */
  readonly requests: RequestsPart | null
  /** Null for who may read none. */
  readonly activity: readonly DoneLine[] | null
  readonly people: readonly { readonly count: string; readonly words: string }[]
}

interface PostsPart {
  readonly drafts: readonly {
    readonly title: string
    readonly href: string
    readonly author: string
    readonly changed: NearMoment
  }[]
  readonly more: string | null
  readonly empty: string
}

interface UpcomingLine {
  readonly at: NearMoment
  readonly title: string
  readonly href: string
  /** Of what it is a part. */
  readonly where: string
}

interface RequestsPart {
  readonly lines: readonly {
    readonly pitch: string
    readonly href: string
    readonly by: string
    readonly podcast: string
    readonly at: NearMoment
  }[]
  readonly more: string | null
}

interface DoneLine {
  readonly who: string
  readonly did: string
  readonly title: string
  readonly href: string | null
  readonly at: NearMoment
}

const MOST_POSTS = 5

export function dashboardPage(
  frame: AdminFrame,
  actor: Account,
  dashboard: Dashboard,
  asOf: Date,
): DashboardPage {
  const zone = zoneOf(actor)
  const near = (date: Date) => nearMoment(date, zone, asOf)
  const worksOnShows = podcasts.may(actor, 'list')
  const today = localIn(asOf, zone).wallClock.slice(0, 10)
  return {
    frame,
    day: moment(new Date(`${today}T00:00:00Z`), en).long,
    zone,
    isNew: dashboard.shows.length === 0 && podcasts.may(actor, 'create'),
    actions: actionsOf(actor),
    troubles: troubles(dashboard),
    downloads:
      dashboard.downloads && dashboard.shows.length > 0 ? spanParts(dashboard.downloads) : null,
    shows:
      worksOnShows && dashboard.shows.length > 0 ? showsPart(actor, dashboard.shows, near) : null,
    posts: postsPart(actor, dashboard, near),
    upcoming: upcoming(dashboard, near),
    requests: requestsPart(dashboard, near),
    activity: worksOnShows ? dashboard.activities.map((done) => doneLine(done, near)) : null,
    people: dashboard.network ? peopleLines(dashboard.network) : [],
  }
}

type Near = (date: Date) => NearMoment

function actionsOf(actor: Account): DashboardPage['actions'] {
  return [
    ...(posts.may(actor, 'create') ? [{ label: 'New post', href: admin.newPost }] : []),
    ...(podcasts.may(actor, 'create') ? [{ label: 'New podcast', href: admin.newPodcast }] : []),
    ...(imports.may(actor, 'preview') ? [{ label: 'Import a podcast', href: admin.imports }] : []),
  ]
}

/** For a host who writes no posts, a place for them would only be in the way. */
function postsPart(actor: Account, { posts: own }: Dashboard, near: Near): PostsPart | null {
  if (!own || (!posts.may(actor, 'create') && own.drafts.total === 0)) return null
  const shown = own.drafts.rows.slice(0, MOST_POSTS)
  const more = own.drafts.total - shown.length
  return {
    drafts: shown.map(({ id, title, author, updatedAt }) => ({
      title,
      href: admin.editPost(id),
      author: author.name,
      changed: near(updatedAt),
    })),
    more: more > 0 ? `${more} more` : null,
    empty: 'No post is in work. A new one is a draft: nobody sees it until you publish it.',
  }
}

function upcoming(
  { scheduledEpisodes, posts: own }: Dashboard,
  near: Near,
): readonly UpcomingLine[] {
  const ahead = [
    ...scheduledEpisodes.map(({ id, podcastId, title, publishedAt, podcast }) => ({
      publishedAt,
      title,
      href: admin.publishEpisode(podcastId, id),
      where: podcast.title,
    })),
    ...(own?.scheduled.rows ?? []).map(({ id, title, publishedAt }) => ({
      publishedAt,
      title,
      href: admin.publishPost(id),
      where: 'Post',
    })),
  ]
  return ahead
    .toSorted((one, other) => Number(one.publishedAt) - Number(other.publishedAt))
    .flatMap(({ publishedAt, ...line }) =>
      publishedAt === null ? [] : [{ ...line, at: near(publishedAt) }],
    )
}

function requestsPart({ requests }: Dashboard, near: Near): RequestsPart | null {
  if (!requests) return null
  const more = requests.total - requests.newest.length
  return {
    lines: requests.newest.map(({ id, pitch, submitter, podcast, insertedAt }) => ({
      pitch: excerpt(pitch, 110),
      href: admin.request(id),
      by: submitter.name,
      podcast: podcast.title,
      at: near(insertedAt),
    })),
    more: more > 0 ? `${more} more` : null,
  }
}

function doneLine(activity: Dashboard['activities'][number], near: Near): DoneLine {
  return {
    who: activity.personName ?? 'The program',
    did: sentenceOf(activity),
    title: activity.subjectTitle,
    href: activityHref(activity),
    at: near(activity.at),
  }
}

function peopleLines({ people }: NetworkToday): DashboardPage['people'] {
  const line = (count: number, one: string, several: string) => ({
    count: count.toLocaleString('en'),
    words: count === 1 ? one : several,
  })
  return [
    line(people.all, 'person', 'people'),
    line(people.fresh, 'new in the last 30 days', 'new in the last 30 days'),
    line(people.hosts, 'host', 'hosts'),
    line(people.editors, 'editor', 'editors'),
    line(people.administrators, 'administrator', 'administrators'),
  ]
}
