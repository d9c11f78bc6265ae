import { type Account } from '@showrunner/domain/accounts'
import { type Paged } from '@showrunner/domain/lists'
import { type Podcast } from '@showrunner/domain/podcasts'
import * as news from '@showrunner/domain/news'
import * as subscriptions from '@showrunner/domain/subscriptions'
import { addresses } from '../../addresses.ts'
import { type Problem } from '../../admin/form.ts'
import { type ListQuery } from '../../admin/list-query.ts'
import { moment } from '../dates.ts'
import { counted } from '../names.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { type Chart, chart, dayWords } from './chart.ts'
import { type ListPage, listPage, type ListRow, type Tab } from './list-page.ts'
import { newsAround } from './news-tabs.ts'
import { podcastTabs } from './podcast-tabs.ts'
import { en } from '../../words/index.ts'

const { admin } = addresses

/** Who is mailed of a podcast: how many to its hosts, and whom to administrators. */
export interface SubscriptionDesk extends AdminPage {
  readonly around: readonly Tab[]
  readonly facts: readonly { readonly label: string; readonly words: string }[]
  /** Who came, by day and by month. */
  readonly charts: readonly Chart[]
  readonly importHref: string | null
  readonly list: ListPage | null
}

interface Shown {
  /** Null for the newsletter. */
  readonly podcast: Podcast | null
  readonly totals: subscriptions.SubscriptionTotals
  readonly growth: Readonly<Record<subscriptions.GrowthInterval, readonly subscriptions.Growth[]>>
  readonly asked: ListQuery
  readonly found: Paged<subscriptions.ListedSubscription> | null
}

export function subscriptionDesk(
  frame: AdminFrame,
  actor: Account,
  { podcast, totals, growth, asked, found }: Shown,
): SubscriptionDesk {
  return {
    frame,
    around: podcast
      ? podcastTabs(frame, actor, podcast, 'subscriptions')
      : newsAround(actor, 'subscribers'),
    facts: [
      {
        label: podcast ? 'New episodes by mail' : 'Each issue by mail',
        words: counted(totals.active, 'subscriber'),
      },
      ...totals.days.map(({ days, came, went }) => ({
        label: `Last ${days} days`,
        words: `${signed(came - went)}: ${came} came, ${went} went`,
      })),
      ...(podcast
        ? [{ label: 'Waiting for a transcript', words: String(totals.transcripts) }]
        : []),
    ],
    charts: [growthChart('day', growth.day), growthChart('month', growth.month)],
    importHref: mayImport(actor, podcast) ? importAddress(podcast) : null,
    list: found && subscriberList(frame, podcast, asked, found),
  }
}

function growthChart(
  interval: subscriptions.GrowthInterval,
  growth: readonly subscriptions.Growth[],
): Chart {
  const drawn = chart(
    growth.map(({ day, came }) => ({ label: dayWords(day, interval), value: came })),
    {
      id: `came-by-${interval}`,
      title: `New subscribers by ${interval}`,
      noun: ['new subscriber', 'new subscribers'],
      columns: [interval === 'day' ? 'Day' : 'Month', 'Came', 'Went'],
    },
  )
  const rows = drawn.rows.map((row, at) => [...row, (growth[at]?.went ?? 0).toLocaleString('en')])
  return { ...drawn, rows }
}

function mayImport(actor: Account, podcast: Podcast | null): boolean {
  return podcast
    ? subscriptions.may(actor, 'import', { podcastId: podcast.id })
    : news.may(actor, 'issues')
}

function importAddress(podcast: Podcast | null): string {
  return podcast ? admin.importSubscribers(podcast.id) : admin.importNewsReaders
}

function subscriberList(
  frame: AdminFrame,
  podcast: Podcast | null,
  asked: ListQuery,
  found: Paged<subscriptions.ListedSubscription>,
): ListPage {
  const rows = found.rows.map(
    ({ id: row, person, episode, context, said, confirmedAt, unsubscribedAt, refused }) => ({
      id: row,
      href: admin.person(person.id),
      title: person.name,
      subtitle: person.email,
      picture: null,
      badge: badgeOf(unsubscribedAt, refused),
      cells: [
        episode ? `Transcript of ${episode.title}` : podcast ? 'New episodes' : 'Each issue',
        refused === null
          ? (said ?? en.subscription.contexts[context])
          : `The mail server refused the address: ${refused}`,
        moment(confirmedAt, en).full,
        unsubscribedAt ? moment(unsubscribedAt, en).full : '',
      ],
    }),
  )
  return listPage(frame, asked, found, rows, {
    address: listAddress(podcast),
    noun: ['subscription', 'subscriptions'],
    columns: [
      { title: 'Who' },
      { title: 'What' },
      { title: 'How' },
      { title: 'Since' },
      { title: 'Ended' },
    ],
    empty: podcast
      ? 'Nobody has subscribed by mail yet. The form is on the podcast’s page.'
      : 'Nobody has subscribed yet. The form is on the pages of the news, once an issue is out.',
  })
}

function listAddress(podcast: Podcast | null): string {
  return podcast ? admin.podcastSubscriptions(podcast.id) : admin.newsReaders
}

function badgeOf(ended: Date | null, refused: string | null): ListRow['badge'] {
  if (refused !== null) return { words: 'No such address', tone: 'bad' }
  return ended ? { words: 'Ended', tone: 'quiet' } : null
}

function signed(count: number): string {
  return count > 0 ? `+${count}` : String(count).replace('-', '−')
}

export interface ImportSubscribersPage extends AdminPage {
  readonly action: string
  readonly cancelHref: string
  readonly podcast: string
  readonly problems: readonly Problem[]
  readonly csv: string
  readonly context: string
  readonly largest: string
  readonly preview: ImportPreview | null
}

interface ImportPreview {
  readonly words: readonly string[]
  readonly canImport: boolean
  readonly some: readonly string[]
  readonly problems: readonly string[]
  readonly more: string | null
}

const SHOWN = 10
const MOST_PROBLEMS = 100

export interface TypedImport {
  readonly csv: string
  readonly context: string
  readonly problems?: readonly Problem[]
  readonly report?: subscriptions.CsvReport
}

export function importSubscribersPage(
  frame: AdminFrame,
  podcast: Podcast | null,
  { csv, context, problems = [], report }: TypedImport,
): ImportSubscribersPage {
  return {
    frame,
    action: importAddress(podcast),
    cancelHref: listAddress(podcast),
    podcast: podcast?.title ?? 'the newsletter',
    problems,
    csv,
    context,
    largest: subscriptions.LARGEST_IMPORT.toLocaleString('en'),
    preview: report ? previewOf(report) : null,
  }
}

function previewOf(report: subscriptions.CsvReport): ImportPreview {
  const { added, newMembers, already, ended, problems } = report
  const left = problems.length - MOST_PROBLEMS
  return {
    words: [
      `${counted(added.length, 'subscriber')} would be added, ${newMembers} of whom nobody here knows yet.`,
      ...(already > 0 ? [`${already} subscribed already: nothing changes for them.`] : []),
      ...(ended > 0
        ? [`${ended} had unsubscribed here. They stay unsubscribed, whatever the file says.`]
        : []),
    ],
    canImport: added.length > 0,
    some: added.slice(0, SHOWN).map(({ name, email, since }) => {
      const day = since ? `, since ${since.toISOString().slice(0, 10)}` : ''
      return `${name === '' ? '' : `${name}, `}${email}${day}`
    }),
    problems: problems
      .slice(0, MOST_PROBLEMS)
      .map(({ line, words }) => `Line ${line} ${words}: it is left out.`),
    more: left > 0 ? `And ${left} more.` : null,
  }
}
