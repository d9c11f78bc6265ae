import * as news from '@showrunner/domain/news'
import { type Account } from '@showrunner/domain/accounts'
import { addresses } from '../../addresses.ts'
import { type AdminFrame } from './admin-frame.ts'
import { type Tab, type Tone } from './list-page.ts'
import { type WorkTab, workTabs } from './work-tabs.ts'

const { admin } = addresses

type Around = 'items' | 'queue' | 'sources' | 'issues' | 'subscribers'

/** What belongs to the news, as far as it is somebody's work. */
export function newsAround(actor: Account, here: Around): readonly Tab[] {
  const tab = (name: Around, label: string, href: string, isTheirs: boolean): Tab[] =>
    isTheirs ? [{ label, href, count: null, isHere: name === here }] : []
  return [
    ...tab('items', 'Items', admin.news, true),
    ...tab('queue', 'Queue', admin.newsQueue, news.may(actor, 'reorder')),
    ...tab('sources', 'Sources', admin.newsSources, news.may(actor, 'sources')),
    ...tab('issues', 'Issues', admin.newsIssues, news.may(actor, 'issues')),
    ...tab('subscribers', 'Subscribers', admin.newsReaders, news.may(actor, 'issues')),
  ]
}

/** The pages on which an item is worked on. */
export function newsItemTabs(
  frame: Pick<AdminFrame, 'back'>,
  id: number,
  here: WorkTab,
): readonly Tab[] {
  return workTabs(frame, here, {
    sheet: admin.editNewsItem(id),
    publish: admin.publishNewsItem(id),
  })
}

export type NewsStage = 'draft' | 'submitted' | 'queued' | 'declined' | 'scheduled' | 'published'

export function newsStage(
  item: Pick<news.NewsItem, 'status' | 'publishedAt'>,
  asOf: Date,
): NewsStage {
  if (item.status !== 'published') return item.status
  return news.isOut(item, asOf) ? 'published' : 'scheduled'
}

const BADGES: Readonly<Record<NewsStage, readonly [words: string, tone: Tone]>> = {
  draft: ['Draft', 'quiet'],
  submitted: ['Sent in', 'waiting'],
  queued: ['In the queue', 'waiting'],
  declined: ['Declined', 'bad'],
  scheduled: ['Scheduled', 'waiting'],
  published: ['Published', 'good'],
}

/** Where an item stands, in a word. */
export function newsBadge(item: Pick<news.NewsItem, 'status' | 'publishedAt'>, asOf: Date) {
  const [words, tone] = BADGES[newsStage(item, asOf)]
  return { words, tone }
}

export const KINDS: Readonly<Record<news.NewsKind, string>> = {
  link: 'Link',
  audio: 'Audio',
  video: 'Video',
  project: 'Project',
  announcement: 'Announcement',
  post: 'Post',
}
