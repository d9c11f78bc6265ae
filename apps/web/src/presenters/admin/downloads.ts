import * as downloads from '@showrunner/domain/downloads'
import { type Podcast } from '@showrunner/domain/podcasts'
import { addresses } from '../../addresses.ts'
import { type ListQuery } from '../../admin/list-query.ts'
import { csvOf } from '../../spreadsheet.ts'
import { counted } from '../names.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { dayWords } from './chart.ts'
import { type ListPage, listPage, type Tab } from './list-page.ts'

const { admin } = addresses

const NOUN = ['download', 'downloads'] as const

/** So many downloads of some days, beside those before and a year ago. */
export interface SpanPart {
  readonly href: string | null
  readonly now: string
  readonly words: string
  readonly before: string
  /** Empty where nothing was counted yet. */
  readonly yearAgo: string
}

export function spanParts(totals: readonly downloads.SpanTotal[]): readonly SpanPart[] {
  return totals.map(({ days, now, before, yearAgo }) => ({
    href: admin.downloadsIn(days),
    now: grouped(now),
    words: `in ${days} days`,
    before: before === 0 ? '' : `${grouped(before)} before${change(now, before)}`,
    yearAgo: yearAgo === 0 ? '' : `${grouped(yearAgo)} a year ago`,
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

/** The same for a spreadsheet. */
export function downloadsCsv({ rows }: downloads.DownloadsFound): string {
  const lines = rows.map(({ podcast, title, publishedAt, downloads: some, total }) => {
    return [podcast, title, publishedAt?.toISOString() ?? '', some, total]
  })
  return csvOf([['Podcast', 'Episode', 'Published', 'Downloads', 'In all'], ...lines])
}

function grouped(count: number): string {
  return count.toLocaleString('en')
}
