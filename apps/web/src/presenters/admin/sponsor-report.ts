import type * as downloads from '@showrunner/domain/downloads'
import { clockOf } from '@showrunner/domain/rows'
import { type Sponsor } from '@showrunner/domain/sponsors'
import { addresses } from '../../addresses.ts'
import { counted } from '../names.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { dayWords } from './chart.ts'

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
    words: `${name} supported ${counted(placements.length, 'episode')} that can be heard: ${counted(sum, 'download')}.`,
    placements: lines.map(({ day, at, said, some, ...line }) => ({
      ...line,
      day: day === '' ? '' : dayWords(day),
      at: { words: at === null ? said : `${said}, at ${at}`, href: line.href },
      downloads: some.toLocaleString('en'),
    })),
    total: sum.toLocaleString('en'),
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
