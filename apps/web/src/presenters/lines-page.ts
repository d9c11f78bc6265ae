import { type ArchiveYear } from '@showrunner/domain/episodes'
import { type SafeHtml } from '../safe-html.ts'
import { type Choice } from './choice-pages.ts'
import { type EpisodeLine } from './episode-line.ts'
import { type Frame, type SiteLink } from './frame.ts'
import { type Paging } from './paging.ts'
import { titleSize, type TitleSize } from './title-size.ts'

/** A long list, a page at a time: a year, or all that somebody did. */
export interface LinesPage {
  readonly frame: Frame
  /** The colours of the show it is of. */
  readonly style: SafeHtml | null
  readonly crumbs: readonly SiteLink[]
  readonly title: string
  readonly size: TitleSize
  /** `42 episodes` */
  readonly count: string
  /** What else of the same podcast is to be had. */
  readonly choices?: readonly Choice[]
  readonly years: readonly YearLink[]
  readonly lines: readonly EpisodeLine[]
  /** Said where there are none. */
  readonly empty?: string
  /** Whether the lines are of several years. */
  readonly dated: boolean
  readonly paging: Paging
}

export interface YearLink {
  readonly name: string
  readonly href: string
  readonly count: string
  /** Of the fullest year, in whole percents. */
  readonly share: number
  readonly isCurrent: boolean
}

export function linesTitle(title: string): { readonly title: string; readonly size: TitleSize } {
  return { title, size: titleSize(title, { short: 18, long: 34 }) }
}

export function yearLinks(
  years: readonly ArchiveYear[],
  address: (year: number) => string,
  words: (count: number) => string,
  current?: number,
): readonly YearLink[] {
  const most = Math.max(1, ...years.map(({ count }) => count))

  return years.map(({ year, count }) => ({
    name: String(year),
    href: address(year),
    count: words(count),
    share: Math.round((count / most) * 100),
    isCurrent: year === current,
  }))
}
