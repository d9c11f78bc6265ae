import { type Changeset } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import * as news from '@showrunner/domain/news'
import { localIn } from '@showrunner/domain/zones'
import { addresses } from '../../addresses.ts'
import { type Field } from '../../admin/field.ts'
import { formOf, type Problem, problemsOf } from '../../admin/form.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { type Tab } from './list-page.ts'
import { newsBadge, newsItemTabs, type NewsStage, newsStage } from './news-tabs.ts'
import { zonedMoment } from './zoned-moment.ts'

const { admin } = addresses

/** Where it is decided what becomes of an item. */
export interface NewsPublicationPage extends AdminPage {
  readonly tabs: readonly Tab[]
  readonly problems: readonly Problem[]
  readonly stage: NewsStage
  readonly badge: ReturnType<typeof newsBadge>
  readonly moment: string | null
  readonly viewHref: string | null
  readonly previewHref: string
  readonly editHref: string
  readonly version: string
  readonly url: string | null
  /** Who sent it in, and what they wrote to us. */
  readonly sentIn: { readonly name: string; readonly remark: string | null } | null
  readonly now: string | null
  readonly schedule: {
    readonly field: Field
    readonly action: string
    readonly clock: string
  } | null
  readonly queueAction: string | null
  readonly answer: { readonly field: Field; readonly action: string } | null
  readonly unpublishAction: string | null
}

interface Shown {
  readonly item: news.NewsItemToEdit
  readonly asOf: Date
  readonly zone: string
}

export function newsPublication(
  frame: AdminFrame,
  actor: Account,
  { item, asOf, zone }: Shown,
  refused?: Changeset<typeof news.NewsItem>,
): NewsPublicationPage {
  const { id, publishedAt, lockVersion, submitter } = item
  const stage = newsStage(item, asOf)
  const form = formOf(refused ?? news.editNewsItem(item))
  const may = news.may(actor, 'publish', item)
  const field = form.moment('publishedAt', {
    label: stage === 'published' ? 'Published on' : 'Appears on',
    zone,
    value: publishedAt ? localIn(publishedAt, zone).wallClock : '',
    help: 'It appears by itself at that minute.',
  })
  const answer = form.longText('answer', {
    label: 'A word to them',
    lines: 4,
    help: 'They are mailed if there is one. Left empty, nobody is told.',
  })
  const answers = stage === 'submitted' && news.may(actor, 'decline', item)
  return {
    frame,
    tabs: newsItemTabs(frame, id, 'publish'),
    problems: problemsOf(answers ? [field, answer] : [field]),
    stage,
    badge: newsBadge(item, asOf),
    moment: publishedAt && zonedMoment(publishedAt, zone).words,
    viewHref: stage === 'published' ? addresses.newsItem(item) : null,
    previewHref: admin.previewNewsItem(id),
    editHref: admin.editNewsItem(id),
    version: String(lockVersion),
    url: item.url,
    sentIn: submitter ? { name: submitter.name, remark: item.remark } : null,
    now: may && stage !== 'published' ? admin.publishNewsItem(id) : null,
    schedule: may
      ? {
          field,
          action: admin.publishNewsItem(id),
          clock: `It is ${zonedMoment(asOf, zone).words} now.`,
        }
      : null,
    queueAction:
      may && stage !== 'queued' && stage !== 'published' ? admin.queueNewsItem(id) : null,
    answer: answers ? { field: answer, action: admin.answerNewsItem(id) } : null,
    unpublishAction:
      stage !== 'draft' && stage !== 'submitted' && news.may(actor, 'unpublish', item)
        ? admin.unpublishNewsItem(id)
        : null,
  }
}
