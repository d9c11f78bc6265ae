import { type Account } from '@showrunner/domain/accounts'
import type * as downloads from '@showrunner/domain/downloads'
import { type Podcast } from '@showrunner/domain/podcasts'
import { addresses } from '../../addresses.ts'
import { counted } from '../names.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { type Chart, chart, dayWords, intervalTabs, timeChart, timed } from './chart.ts'
import { type Tab } from './list-page.ts'
import { podcastTabs } from './podcast-tabs.ts'

const { admin } = addresses

/** How a podcast's episodes do, and who reads its feed. */
export interface PodcastDownloadsPage extends AdminPage {
  readonly around: readonly Tab[]
  readonly intervals: readonly Tab[]
  readonly downloads: Chart
  /** Null where nothing is out. */
  readonly performance: Chart | null
  readonly subscribers: Chart
  readonly day: string
  readonly dayBefore: string
  readonly dayAfter: string | null
  readonly agents: readonly {
    readonly name: string
    readonly subscribers: string
    readonly fetches: string
  }[]
  readonly agentsCount: string
}

export interface PodcastNumbers {
  readonly interval: downloads.Interval
  readonly points: readonly downloads.Point[]
  readonly performance: readonly downloads.Performance[]
  readonly subscribers: readonly downloads.Point[]
  readonly agents: readonly downloads.FeedAgent[]
  readonly day: string
  readonly today: string
}

export function podcastDownloadsPage(
  frame: AdminFrame,
  actor: Account,
  podcast: Podcast,
  numbers: PodcastNumbers,
): PodcastDownloadsPage {
  const { interval, performance, agents, day, today } = numbers
  const here = admin.podcastDownloads(podcast.id)
  const of = (wanted: string) => `${here}?by=${interval}&day=${wanted}`
  const sum = agents.reduce((all, { subscribers }) => all + (subscribers ?? 0), 0)
  return {
    frame,
    around: podcastTabs(frame, actor, podcast, 'downloads'),
    intervals: intervalTabs(here, interval),
    downloads: timeChart(numbers.points, interval),
    performance:
      performance.length === 0
        ? null
        : chart(
            performance.map(({ title, firstWeek, total }) => {
              return { label: title, value: firstWeek, behind: total }
            }),
            {
              id: 'performance',
              title: 'First seven days of each episode, against all',
              noun: ['download', 'downloads'],
              columns: ['Episode', 'First seven days', 'In all'],
            },
          ),
    subscribers: chart(timed(numbers.subscribers, 'day'), {
      id: 'subscribers',
      title: 'Subscribers, as programs say',
      noun: ['subscriber', 'subscribers'],
      columns: ['Day', 'Subscribers'],
    }),
    day: dayWords(day),
    dayBefore: of(shifted(day, -1)),
    dayAfter: day < today ? of(shifted(day, 1)) : null,
    agents: agents.map(({ agent, mark, subscribers, fetches }) => ({
      name: mark === '' ? agent : `${agent} (feed ${mark})`,
      subscribers: subscribers === null ? '' : subscribers.toLocaleString('en'),
      fetches: fetches.toLocaleString('en'),
    })),
    agentsCount: `${counted(agents.length, 'program')}, ${counted(sum, 'subscriber')}`,
  }
}

function shifted(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}
