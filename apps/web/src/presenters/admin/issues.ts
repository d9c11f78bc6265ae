import { type Changeset } from '@showrunner/data'
import { type Account } from '@showrunner/domain/accounts'
import * as issues from '@showrunner/domain/issues'
import { type Paged } from '@showrunner/domain/lists'
import { reference } from '@showrunner/domain/rows'
import { addresses } from '../../addresses.ts'
import { formOf } from '../../admin/form.ts'
import { type ListQuery } from '../../admin/list-query.ts'
import { rowsOf } from '../../admin/rows.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { counted } from '../names.ts'
import { type AdminFrame } from './admin-frame.ts'
import { type FormPage, formPage } from './form-page.ts'
import { type ListPage, listPage, type Tone } from './list-page.ts'
import { localMoment } from './local-moment.ts'
import { newsAround } from './news-tabs.ts'

const { admin } = addresses

export function issueList(
  frame: AdminFrame,
  actor: Account,
  query: ListQuery,
  { found, asOf }: { readonly found: Paged<issues.NewsIssue>; readonly asOf: Date },
): ListPage {
  const rows = found.rows.map((issue) => ({
    id: issue.id,
    href: admin.editNewsIssue(issue.id),
    title: `Issue ${issue.number}`,
    subtitle: issue.teaser,
    picture: null,
    badge: issueBadge(issue, asOf),
    cells: [issue.publishedAt ? localMoment(issue.publishedAt, zoneOf(actor)).words : ''],
  }))

  return listPage(frame, query, found, rows, {
    address: admin.newsIssues,
    noun: ['issue', 'issues'],
    around: newsAround(actor, 'issues'),
    columns: [
      { title: 'Issue', sort: 'number' },
      { title: 'Out', sort: 'publishedAt' },
    ],
    empty: 'No issues yet. A new one begins with what came out since the last.',
  })
}

function issueBadge(
  { published, publishedAt }: issues.NewsIssue,
  asOf: Date,
): { readonly words: string; readonly tone: Tone } {
  if (!published || publishedAt === null) return { words: 'Draft', tone: 'quiet' }
  return publishedAt <= asOf
    ? { words: 'Published', tone: 'good' }
    : { words: 'Scheduled', tone: 'waiting' }
}

/** The sheet of an issue, from which it is published, too. */
export interface IssueSheetPage extends FormPage {
  readonly badge: ReturnType<typeof issueBadge>
  readonly previewHref: string
  readonly isPublished: boolean
  readonly publishAction: string
  /** How many it goes to, or went to. */
  readonly reach: string
  readonly testAction: string
}

interface Shown {
  readonly issue: issues.IssueToEdit
  readonly changeset: Changeset<typeof issues.NewsIssue>
  readonly reach: issues.IssueReach
  readonly asOf: Date
}

export function issueSheet(
  frame: AdminFrame,
  { issue, changeset, reach, asOf }: Shown,
): IssueSheetPage {
  const { id, published, slug } = issue
  const badge = issueBadge(issue, asOf)
  const form = formOf(changeset)
  const fields = [
    form.text('number', { label: 'Number', type: 'number', width: 'brief' }),
    form.text('slug', { label: 'Slug', width: 'short', help: 'Left empty it is the number.' }),
    form.longText('teaser', {
      label: 'Teaser',
      lines: 2,
      help: 'What is in it, in a sentence: in lists, for search engines.',
    }),
    form.longText('note', {
      label: 'Note',
      lines: 8,
      markdown: true,
      help: 'Before the items. Markdown.',
    }),
    itemRows(changeset, issue),
  ]
  return {
    ...formPage(frame, changeset, [{ title: 'Issue', fields }], {
      action: admin.editNewsIssue(id),
      save: 'Save',
      cancelHref: admin.newsIssues,
      isWatched: true,
      closes: true,
      viewHref: badge.tone === 'good' ? addresses.newsIssue(slug) : null,
      remove: {
        action: admin.removeNewsIssue(id),
        label: 'Delete issue',
        question: 'Delete this issue? What is news in it stays.',
      },
    }),
    badge,
    previewHref: admin.previewNewsIssue(id),
    isPublished: published,
    reach: reachWords(issue, reach),
    testAction: admin.testNewsIssue(id),
    publishAction: published ? admin.unpublishNewsIssue(id) : admin.publishNewsIssue(id),
  }
}

function reachWords(
  { announcedAt }: issues.NewsIssue,
  { readers, sent, waiting, refused }: issues.IssueReach,
): string {
  if (announcedAt === null)
    return readers === 0
      ? 'Nobody subscribed to it by mail so far.'
      : `Once it is out it is mailed to ${counted(readers, 'subscriber')}, once.`
  const ahead = waiting > 0 ? `; ${counted(waiting, 'mail')} to go` : ''
  const back = refused > 0 ? `; ${counted(refused, 'mail')} refused` : ''
  return `It was mailed to ${counted(sent, 'subscriber')}${ahead}${back}. It is not mailed again.`
}

function itemRows(changeset: Changeset<typeof issues.NewsIssue>, issue: issues.IssueToEdit) {
  const stored = issue.newsIssueItems
  return rowsOf(changeset, 'newsIssueItems', {
    label: 'Items',
    help: 'What is not out yet is left out of the page until it is.',
    add: 'Add an item',
    empty: 'No items.',
    sortable: true,
    target: issues.NewsIssueItem,
    stored,
    fields: (form, { id }) => {
      const item = stored.find((row) => row.id === id)?.newsItem
      return [
        form.picker('newsItemId', {
          label: 'Item',
          sentAs: 'newsItem',
          source: admin.searchFor('news'),
          words: item ? reference(item.headline, String(item.id)) : null,
        }),
        form.box('withPicture', { label: 'With its picture' }),
      ]
    },
  })
}
