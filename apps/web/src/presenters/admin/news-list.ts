import { type Account } from '@showrunner/domain/accounts'
import { type Paged } from '@showrunner/domain/lists'
import * as news from '@showrunner/domain/news'
import { addresses } from '../../addresses.ts'
import { type ListQuery } from '../../admin/list-query.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { type ListPage, listPage, type ListRow, type Tab } from './list-page.ts'
import { localMoment } from './local-moment.ts'
import { KINDS, newsAround, newsBadge } from './news-tabs.ts'

const { admin } = addresses

const LABELS = {
  drafts: 'Drafts',
  submitted: 'Sent in',
  queued: 'Queue',
  scheduled: 'Scheduled',
  published: 'Published',
  declined: 'Declined',
} as const

const EMPTY = {
  drafts: 'No drafts. A new item is one: nobody sees it until you publish it.',
  submitted: 'Nobody has sent anything in.',
  queued: 'Nothing is in the queue.',
  scheduled: 'Nothing is scheduled.',
  published: 'Nothing is news yet.',
  declined: 'Nothing has been declined.',
} as const

interface Found {
  readonly asked: ListQuery
  readonly state: news.NewsState
  readonly found: Paged<news.NewsItemInList>
  readonly counts: Readonly<Record<news.NewsState, number>>
  readonly asOf: Date
}

export function newsList(
  frame: AdminFrame,
  actor: Account,
  { asked, state, found, counts, asOf }: Found,
): ListPage {
  const rows = found.rows.map((item) => rowOf(item, zoneOf(actor), asOf))
  const hasDate = state === 'scheduled' || state === 'published'

  return listPage(frame, asked, found, rows, {
    address: admin.news,
    noun: ['item', 'items'],
    searchLabel: 'Search headlines and addresses',
    around: newsAround(actor, 'items'),
    chosenByTab: 'state',
    tabs: news.NEWS_STATES.map((one) => tab(one, counts[one], one === state)),
    columns: [
      { title: 'Headline', sort: 'headline' },
      { title: 'Kind' },
      { title: 'Source' },
      { title: 'From' },
      hasDate ? { title: 'Out', sort: 'publishedAt' } : { title: 'Out' },
    ],
    create: news.may(actor, 'create') ? { label: 'New item', href: admin.newNewsItem } : null,
    empty: EMPTY[state],
  })
}

function tab(state: news.NewsState, count: number, isHere: boolean): Tab {
  const href = state === 'drafts' ? admin.news : admin.newsIn(state)
  return { label: LABELS[state], href, count, isHere }
}

function rowOf(item: news.NewsItemInList, zone: string, asOf: Date): ListRow {
  const { id, headline, url, kind, source, submitter, logger, publishedAt } = item
  return {
    id,
    href: item.status === 'submitted' ? admin.publishNewsItem(id) : admin.editNewsItem(id),
    title: headline,
    subtitle: url,
    picture: null,
    badge: newsBadge(item, asOf),
    cells: [
      KINDS[kind],
      source?.name ?? '',
      submitter?.name ?? logger?.name ?? '',
      publishedAt === null ? '' : localMoment(publishedAt, zone).words,
    ],
  }
}

/** The queue, to be put in order. */
export interface QueuePage extends AdminPage {
  readonly tabs: readonly Tab[]
  readonly action: string
  readonly nextAction: string
  readonly items: readonly {
    readonly id: number
    readonly title: string
    readonly href: string
    readonly detail: string
  }[]
}

export function queuePage(
  frame: AdminFrame,
  actor: Account,
  queue: readonly news.NewsItemInList[],
): QueuePage {
  return {
    frame,
    tabs: newsAround(actor, 'queue'),
    action: admin.newsQueue,
    nextAction: admin.publishNextNews,
    items: queue.map(({ id, headline, kind, source }) => ({
      id,
      title: headline,
      href: admin.editNewsItem(id),
      detail: source ? `${KINDS[kind]}, ${source.name}` : KINDS[kind],
    })),
  }
}
