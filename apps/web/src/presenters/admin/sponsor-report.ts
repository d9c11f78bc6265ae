import type * as downloads from '@showrunner/domain/downloads'
import { type Sponsor } from '@showrunner/domain/sponsors'
import { addresses } from '../../addresses.ts'
import { tsvOf } from '../../spreadsheet.ts'
import { en } from '../../words/index.ts'
import { counted } from '../names.ts'
import { linksOf, reachOf, reportRows } from '../sponsor-report.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { dayWords } from './chart.ts'

/** What a sponsor is told of what it made possible. */
export interface SponsorReportPage extends AdminPage {
  readonly words: string
  /** Where its own people read it. */
  readonly ownHref: string
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
  { name, slug }: Sponsor,
  placements: readonly downloads.Placement[],
): SponsorReportPage {
  const sum = reachOf(placements)
  return {
    frame,
    words: `${name} supported ${counted(placements.length, 'episode')} that can be heard: ${counted(sum, 'download')}.`,
    ownHref: addresses.sponsorReport(slug),
    placements: placements.map((placement) => {
      const { episode, title: said, downloads: some } = placement
      const { page, at } = linksOf(placement)
      const day = episode.publishedAt?.toISOString().slice(0, 10)
      return {
        title: episode.title,
        href: page,
        podcast: episode.podcast.title,
        day: day === undefined ? '' : dayWords(day),
        at: { words: at ? `${said}, at ${at.clock}` : said, href: at?.href ?? page },
        downloads: some.toLocaleString('en'),
      }
    }),
    total: sum.toLocaleString('en'),
    tsv: tsvOf(reportRows(frame.site, en, placements)),
  }
}
