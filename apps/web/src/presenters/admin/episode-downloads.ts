import type * as downloads from '@showrunner/domain/downloads'
import { type Episode } from '@showrunner/domain/episodes'
import { type MailCount } from '@showrunner/domain/mailing'
import { addresses } from '../../addresses.ts'
import { counted } from '../names.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { type Chart, intervalTabs, timeChart } from './chart.ts'
import { episodeTabs } from './episode-tabs.ts'
import { type Tab } from './list-page.ts'
import { mailCounts, type MailCounts } from './mail-log.ts'

const { admin } = addresses

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
  readonly mailed: MailCounts | null
}

interface EpisodeNumbers {
  readonly report: downloads.EpisodeReport
  /** What was mailed about it, for who may know. */
  readonly mails: readonly MailCount[] | null
}

const WAYS: Readonly<Record<downloads.Way, string>> = {
  app: 'Podcast apps and other programs',
  site: 'The player of the site',
  embed: 'The player on pages elsewhere',
}

export function episodeDownloadsPage(
  frame: AdminFrame,
  { id, podcastId }: Pick<Episode, 'id' | 'podcastId'>,
  { report, mails }: EpisodeNumbers,
  interval: downloads.Interval,
): EpisodeDownloadsPage {
  const { total, estimated } = report
  return {
    frame,
    tabs: episodeTabs(frame, { id, podcastId }, 'downloads'),
    total: total.toLocaleString('en'),
    ages: report.ages.map(({ days, downloads: some }) => ({
      downloads: some === null ? '–' : some.toLocaleString('en'),
      words: days === 1 ? 'in the first day' : `in the first ${days} days`,
    })),
    intervals: intervalTabs(admin.episodeDownloads(podcastId, id), interval),
    chart: timeChart(report.points, interval),
    mailed: mails && mailCounts(mails),
    agents: sharesOf(report.agents, total, (name) => name),
    ways: sharesOf(report.ways, total, (name) => WAYS[name]),
    estimated:
      estimated === 0
        ? null
        : `${counted(estimated, 'download')} of these are estimated: the files lie elsewhere, and what was asked for is taken for what was sent.`,
  }
}

function sharesOf<Name extends string>(
  counts: readonly { readonly name: Name; readonly downloads: number }[],
  total: number,
  wordsOf: (name: Name) => string,
): readonly Share[] {
  return counts.map(({ name, downloads: some }) => {
    const percent = Math.round((some / Math.max(1, total)) * 1000) / 10
    return {
      name: wordsOf(name),
      downloads: some.toLocaleString('en'),
      percent,
      words: `${percent} %`,
    }
  })
}
