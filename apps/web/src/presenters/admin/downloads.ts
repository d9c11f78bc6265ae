import { type Account } from '@showrunner/domain/accounts'
import * as downloads from '@showrunner/domain/downloads'
import { type Episode } from '@showrunner/domain/episodes'
import { type Podcast } from '@showrunner/domain/podcasts'
import { clockOf } from '@showrunner/domain/rows'
import { type Sponsor } from '@showrunner/domain/sponsors'
import { addresses } from '../../addresses.ts'
import { type ListQuery } from '../../admin/list-query.ts'
import { counted } from '../names.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { type Chart, chart, dayWords, timed } from './chart.ts'
import { episodeTabs } from './episode-tabs.ts'
import { type ListPage, listPage, type Tab } from './list-page.ts'
import { podcastTabs } from './podcast-tabs.ts'

const { admin } = addresses

const NOUN = ['download', 'downloads'] as const

/** So many downloads of some days, beside those before and a year ago. */
export interface SpanPart {
  readonly href: string | null
  readonly now: string
  readonly words: string
  readonly before: string
  readonly yearAgo: string
}

export function spanParts(totals: readonly downloads.SpanTotal[]): readonly SpanPart[] {
  return totals.map(({ days, now, before, yearAgo }) => ({
    href: admin.downloadsIn(days),
    now: grouped(now),
    words: `in ${days} days`,
    before: `${grouped(before)} before${change(now, before)}`,
    yearAgo: `${grouped(yearAgo)} a year ago`,
  }))
}

function change(now: number, before: number): string {
  if (before === 0) return ''
  const percent = Math.round(((now - before) / before) * 100)
  return percent < 0 ? ` (−${-percent} %)` : ` (+${percent} %)`
}

/** Episodes by how often they were downloaded in some days. */
export interface DownloadsPage extends AdminPage {
  readonly spans: readonly SpanPart[]
  readonly ranges: readonly Tab[]
  readonly first: string
  readonly last: string
  readonly least: number
  readonly podcasts: readonly {
    readonly value: string
    readonly label: string
    readonly isChosen: boolean
  }[]
  /** Of all that are listed. */
  readonly downloads: string
  readonly csvHref: string
  readonly list: ListPage
}

export interface Asked {
  readonly first: string
  readonly last: string
  /** Null for days of one's own. */
  readonly range: number | null
  readonly least: number
  readonly podcastId: number | undefined
}

export function downloadsPage(
  frame: AdminFrame,
  query: ListQuery,
  asked: Asked,
  shown: {
    readonly totals: readonly downloads.SpanTotal[]
    readonly found: downloads.DownloadsFound
    readonly podcasts: readonly Podcast[]
  },
): DownloadsPage {
  const { found } = shown
  const ranges = downloads.SPANS.map((days) => ({
    label: `${days} days`,
    href: query.href(admin.downloads, {
      range: days,
      from: undefined,
      to: undefined,
      page: 1,
    }),
    count: null,
    isHere: asked.range === days,
  }))
  return {
    frame,
    spans: spanParts(shown.totals),
    ranges,
    first: asked.first,
    last: asked.last,
    least: asked.least,
    podcasts: shown.podcasts.map(({ id, title }) => {
      return { value: String(id), label: title, isChosen: id === asked.podcastId }
    }),
    downloads: `${counted(found.downloads, ...NOUN)} from ${dayWords(asked.first)} to ${dayWords(asked.last)}`,
    csvHref: query.href(admin.downloadsCsv, { page: 1 }),
    list: episodeList(frame, query, found),
  }
}

function episodeList(
  frame: AdminFrame,
  query: ListQuery,
  found: downloads.DownloadsFound,
): ListPage {
  const rows = found.rows.map((row) => ({
    id: row.id,
    href: admin.episodeDownloads(row.podcastId, row.id),
    title: row.title,
    subtitle: row.podcast,
    picture: null,
    badge: null,
    cells: [
      row.publishedAt ? dayWords(row.publishedAt.toISOString().slice(0, 10)) : '',
      grouped(row.downloads),
      grouped(row.total),
    ],
  }))
  return listPage(frame, query, found, rows, {
    address: admin.downloads,
    noun: ['episode', 'episodes'],
    columns: [
      { title: 'Episode', sort: 'title' },
      { title: 'Out', sort: 'publishedAt', isNumber: true },
      { title: 'Downloads', sort: 'downloads', isNumber: true },
      { title: 'In all', sort: 'total', isNumber: true },
    ],
    empty: 'Nothing was downloaded in these days.',
  })
}

/** The same for a spreadsheet. What begins as a formula is text there. */
export function downloadsCsv({ rows }: downloads.DownloadsFound): string {
  const cell = (value: string | number) => {
    const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
    return `"${String(text).replaceAll('"', '""')}"`
  }
  const lines = rows.map(({ podcast, title, publishedAt, downloads: some, total }) =>
    [podcast, title, publishedAt?.toISOString() ?? '', some, total].map(cell).join(','),
  )
  return ['Podcast,Episode,Published,Downloads,"In all"', ...lines].join('\r\n') + '\r\n'
}

interface Share {
  readonly name: string
  readonly downloads: string
  readonly percent: number
  readonly words: string
}

/** How one episode is listened to. */
export interface EpisodeDownloadsPage extends AdminPage {
  readonly tabs: readonly Tab[]
  readonly total: string
  readonly ages: readonly { readonly downloads: string; readonly words: string }[]
  readonly intervals: readonly Tab[]
  readonly chart: Chart
  readonly agents: readonly Share[]
  readonly ways: readonly Share[]
  readonly estimated: string | null
}

const WAYS: Readonly<Record<downloads.Way, string>> = {
  app: 'Podcast apps and other programs',
  site: 'The player of the site',
  embed: 'The player on pages elsewhere',
}

export function episodeDownloadsPage(
  frame: AdminFrame,
  { id, podcastId }: Pick<Episode, 'id' | 'podcastId'>,
  report: downloads.EpisodeReport,
  interval: downloads.Interval,
): EpisodeDownloadsPage {
  const { total, estimated } = report
  return {
    frame,
    tabs: episodeTabs({ id, podcastId }, 'downloads'),
    total: grouped(total),
    ages: report.ages.map(({ days, downloads: some }) => ({
      downloads: some === null ? '–' : grouped(some),
      words: days === 1 ? 'in the first day' : `in the first ${days} days`,
    })),
    intervals: intervalTabs(admin.episodeDownloads(podcastId, id), interval),
    chart: timeChart(report.points, interval),
    agents: sharesOf(report.agents, total, (name) => name),
    ways: sharesOf(report.ways, total, (name) => WAYS[name]),
    estimated:
      estimated === 0
        ? null
        : `${counted(estimated, ...NOUN)} of these are estimated: the files lie elsewhere, and what was asked for is taken for what was sent.`,
  }
}

function sharesOf<Name extends string>(
  counts: readonly { readonly name: Name; readonly downloads: number }[],
  total: number,
  wordsOf: (name: Name) => string,
): readonly Share[] {
  return counts.map(({ name, downloads: some }) => {
    const percent = Math.round((some / Math.max(1, total)) * 1000) / 10
    return { name: wordsOf(name), downloads: grouped(some), percent, words: `${percent} %` }
  })
}

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
    around: podcastTabs(actor, podcast, 'downloads'),
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
              noun: NOUN,
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
      subscribers: subscribers === null ? '' : grouped(subscribers),
      fetches: grouped(fetches),
    })),
    agentsCount: `${counted(agents.length, 'program')}, ${counted(sum, 'subscriber')}`,
  }
}

function shifted(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

function timeChart(points: readonly downloads.Point[], interval: downloads.Interval): Chart {
  return chart(timed(points, interval), {
    id: 'downloads',
    title: `Downloads by ${interval}`,
    noun: NOUN,
    columns: [interval === 'day' ? 'Day' : `${INTERVAL_WORDS[interval]} from`, 'Downloads'],
  })
}

const INTERVAL_WORDS: Readonly<Record<downloads.Interval, string>> = {
  day: 'Day',
  week: 'Week',
  month: 'Month',
}

function intervalTabs(address: string, here: downloads.Interval): readonly Tab[] {
  return downloads.INTERVALS.map((interval) => ({
    label: `By ${interval}`,
    href: `${address}?by=${interval}`,
    count: null,
    isHere: interval === here,
  }))
}

/** What a sponsor is told of what it made possible. */
export interface SponsorReportPage extends AdminPage {
  readonly words: string
  readonly placements: readonly {
    readonly title: string
    readonly href: string
    readonly podcast: string
    readonly day: string
    readonly at: { readonly words: string; readonly href: string }
    readonly downloads: string
  }[]
  readonly total: string
  readonly tsv: string
}

export function sponsorReportPage(
  frame: AdminFrame,
  { name }: Sponsor,
  placements: readonly downloads.Placement[],
): SponsorReportPage {
  const { publicUrl } = frame.site
  const sum = placements.reduce((all, { downloads: some }) => all + some, 0)
  const lines = placements.map(({ episode, startsMs, title, downloads: some }) => {
    const address = addresses.episode(episode.podcast.slug, episode.slug)
    const day = episode.publishedAt?.toISOString().slice(0, 10) ?? ''
    const at = startsMs === null ? null : clockOf(startsMs)
    const href = at === null ? address : `${address}#t=${at}`
    return {
      title: episode.title,
      podcast: episode.podcast.title,
      day,
      at,
      href,
      said: title,
      some,
    }
  })
  return {
    frame,
    words: `${name} supported ${counted(placements.length, 'episode')} that are out, with ${counted(sum, ...NOUN)} together.`,
    placements: lines.map(({ day, at, said, some, ...line }) => ({
      ...line,
      day: day === '' ? '' : dayWords(day),
      at: { words: at === null ? said : `${said}, at ${at}`, href: line.href },
      downloads: grouped(some),
    })),
    total: grouped(sum),
    tsv: [
      ['Episode', 'Podcast', 'Published', 'Placement', 'Link', 'Downloads'],
      ...lines.map(({ title, podcast, day, at, href, some }) => {
        return [title, podcast, day, at ?? '', publicUrl + href, String(some)]
      }),
      ['Total', '', '', '', '', String(sum)],
    ]
      .map((cells) => cells.map((cell) => cell.replace(/[\t\r\n]+/g, ' ')).join('\t'))
      .join('\n'),
  }
}

function grouped(count: number): string {
  return count.toLocaleString('en')
}
