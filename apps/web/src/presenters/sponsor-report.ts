import { type SessionWithPerson } from '@showrunner/domain/accounts'
import type * as downloads from '@showrunner/domain/downloads'
import { clockOf } from '@showrunner/domain/rows'
import { type Sponsor } from '@showrunner/domain/sponsors'
import { addresses } from '../addresses.ts'
import { csvOf, tsvOf } from '../spreadsheet.ts'
import { type Words } from '../words/index.ts'
import { moment, type Moment } from './dates.ts'
import { type Site } from './frame.ts'
import { masqueradeBar } from './masquerade-bar.ts'
import { noticePage, type NoticePage } from './notice-page.ts'

/** What a sponsor's own people read of what it made possible. */
export interface OwnReportPage extends NoticePage {
  readonly lead: string
  readonly placements: readonly {
    readonly title: string
    readonly href: string
    readonly podcast: string
    readonly out: Moment | null
    readonly said: string
    /** Where it is named, and the address of that moment. */
    readonly at: { readonly words: string; readonly href: string } | null
    readonly downloads: string
  }[]
  readonly csvHref: string
  readonly tsv: string
}

export interface SponsorReport {
  readonly sponsor: Sponsor
  readonly placements: readonly downloads.Placement[]
}

export function sponsorReportPage(
  site: Site,
  here: SessionWithPerson,
  { sponsor, placements }: SponsorReport,
): OwnReportPage {
  const { words } = site
  const { report } = words.account
  const address = addresses.sponsorReport(sponsor.slug)
  const count = (some: number) => some.toLocaleString(words.language)
  return {
    ...noticePage(site, report.title(sponsor.name), address),
    masquerade: masqueradeBar(here),
    lead: report.lead(placements.length, count(reachOf(placements))),
    placements: placements.map((placement) => {
      const { episode, title, downloads: some } = placement
      const { page, at } = linksOf(placement)
      return {
        title: episode.title,
        href: page,
        podcast: episode.podcast.title,
        out: episode.publishedAt && moment(episode.publishedAt, words),
        said: title,
        at: at && { words: report.at(at.clock), href: at.href },
        downloads: report.downloads(some, count(some)),
      }
    }),
    csvHref: addresses.sponsorReportCsv(sponsor.slug),
    tsv: tsvOf(reportRows(site, words, placements)),
  }
}

export function sponsorReportCsv(site: Site, { placements }: SponsorReport): string {
  return csvOf(reportRows(site, site.words, placements))
}

/** How often all of it was downloaded. */
export function reachOf(placements: readonly downloads.Placement[]): number {
  return placements.reduce((sum, { downloads: some }) => sum + some, 0)
}

/** Where an episode is, and the moment in it at which the sponsor is named. */
export function linksOf({ episode, startsMs }: downloads.Placement): {
  readonly page: string
  readonly at: { readonly clock: string; readonly href: string } | null
} {
  const page = addresses.episode(episode.podcast.slug, episode.slug)
  if (startsMs === null) return { page, at: null }
  const clock = clockOf(Math.floor(startsMs / 1000) * 1000)
  return { page, at: { clock, href: `${page}#t=${clock}` } }
}

/** The report for a spreadsheet, with what its columns are called above and the sum below. */
export function reportRows(
  { publicUrl }: Pick<Site, 'publicUrl'>,
  { account: { report } }: Words,
  placements: readonly downloads.Placement[],
) {
  const rows = placements.map((placement) => {
    const { episode, title, downloads: some } = placement
    const { page, at } = linksOf(placement)
    const day = episode.publishedAt?.toISOString().slice(0, 10) ?? ''
    const href = publicUrl + (at?.href ?? page)
    return [episode.title, episode.podcast.title, day, title, at?.clock ?? '', href, some]
  })
  const { columns, total } = report
  return [
    [
      columns.episode,
      columns.podcast,
      columns.out,
      columns.placement,
      columns.at,
      columns.link,
      columns.downloads,
    ],
    ...rows,
    [total, '', '', '', '', '', reachOf(placements)],
  ]
}
