import { type Account } from '@showrunner/domain/accounts'
import * as comments from '@showrunner/domain/comments'
import { type Paged } from '@showrunner/domain/lists'
import { plainText } from '@showrunner/domain/markup'
import { addresses } from '../../addresses.ts'
import { discussedAt } from '../../comment-address.ts'
import { safeHtml, type SafeHtml } from '../../safe-html.ts'
import { type ListQuery } from '../../admin/list-query.ts'
import { zoneOf } from '../../admin/zone-of.ts'
import { excerpt } from '../excerpts.ts'
import { type AdminFrame, type AdminPage } from './admin-frame.ts'
import { type ListPage, listPage, type ListRow, type Tone } from './list-page.ts'
import { localMoment } from './local-moment.ts'

const { admin } = addresses

const LABELS = {
  waiting: 'Waiting',
  shown: 'Shown',
  declined: 'Declined',
  deleted: 'Deleted',
} as const

const TONES: Readonly<Record<comments.CommentState, Tone>> = {
  waiting: 'waiting',
  shown: 'good',
  declined: 'bad',
  deleted: 'quiet',
}

const EMPTY = {
  waiting: 'Nothing waits to be looked at.',
  shown: 'Nobody has said anything yet.',
  declined: 'Nothing has been declined.',
  deleted: 'Nothing has been deleted.',
} as const

interface Found {
  readonly asked: ListQuery
  readonly state: comments.CommentState
  readonly found: Paged<comments.CommentAtDesk>
  readonly counts: Readonly<Record<comments.CommentState, number>>
}

export function commentList(
  frame: AdminFrame,
  actor: Account,
  { asked, state, found, counts }: Found,
): ListPage {
  return listPage(
    frame,
    asked,
    found,
    found.rows.map((comment) => rowOf(comment, state, zoneOf(actor))),
    {
      address: admin.comments,
      noun: ['comment', 'comments'],
      searchLabel: 'Search what is said',
      chosenByTab: 'state',
      tabs: comments.COMMENT_STATES.map((one) => ({
        label: LABELS[one],
        href: one === 'waiting' ? admin.comments : admin.commentsIn(one),
        count: counts[one],
        isHere: one === state,
      })),
      columns: [
        { title: 'Comment' },
        { title: 'By' },
        { title: 'About' },
        { title: 'Written', sort: 'insertedAt' },
      ],
      empty: EMPTY[state],
    },
  )
}

function rowOf(
  comment: comments.CommentAtDesk,
  state: comments.CommentState,
  zone: string,
): ListRow {
  const said = plainText(comment.bodyHtml ?? '').replaceAll('\n', ' ')
  return {
    id: comment.id,
    href: admin.comment(comment.id),
    title: said === '' ? 'Deleted' : excerpt(said, 120),
    subtitle: null,
    picture: null,
    badge: { words: LABELS[state], tone: TONES[state] },
    cells: [
      comment.author?.name ?? 'Somebody who is gone',
      subjectTitle(comment),
      localMoment(comment.insertedAt, zone).words,
    ],
  }
}

/** One comment, and what becomes of it. */
export interface CommentDesk extends AdminPage {
  readonly badge: { readonly words: string; readonly tone: Tone }
  readonly author: { readonly name: string; readonly href: string } | null
  readonly subject: string
  readonly viewHref: string | null
  readonly written: string
  /** When its writer last changed it; nothing, if never. */
  readonly editedAt: string
  readonly html: SafeHtml | null
  readonly approveAction: string | null
  readonly declineAction: string | null
  readonly removeAction: string | null
  /** What becomes of whatever else they write. */
  readonly commenter: {
    readonly action: string
    readonly words: string
    readonly choices: readonly { readonly value: string; readonly label: string }[]
  } | null
}

interface Shown {
  readonly comment: comments.CommentAtDesk
  readonly standing: comments.Standing | undefined
  /** Where it is discussed, while anybody can see that. */
  readonly subject: comments.SubjectRow | undefined
}

export function commentDesk(
  frame: AdminFrame,
  actor: Account,
  { comment, standing, subject }: Shown,
): CommentDesk {
  const { id, author, bodyHtml } = comment
  const state = stateOf(comment)
  return {
    frame,
    badge: { words: LABELS[state], tone: TONES[state] },
    author: author ? { name: author.name, href: admin.person(author.id) } : null,
    subject: subjectTitle(comment),
    viewHref: subject
      ? `${discussedAt(subject)}${state === 'shown' ? `#comment-${id}` : ''}`
      : null,
    written: localMoment(comment.insertedAt, zoneOf(actor)).words,
    editedAt: comment.editedAt?.toISOString() ?? '',
    html: bodyHtml === null ? null : safeHtml(bodyHtml),
    approveAction: state === 'waiting' || state === 'declined' ? admin.approveComment(id) : null,
    declineAction: state === 'waiting' || state === 'shown' ? admin.declineComment(id) : null,
    removeAction: state === 'deleted' ? null : admin.removeComment(id),
    commenter: author && {
      action: admin.changeCommenter(id),
      words: STANDINGS[standing ?? 'new'],
      choices: CHOICES.filter(({ value }) => value !== (standing ?? 'new')),
    },
  }
}

const STANDINGS = {
  new: 'What they write waits until somebody approves it.',
  trusted: 'What they write is there at once.',
  banned: 'They may not write.',
} as const

const CHOICES = [
  { value: 'trusted', label: 'Let them write without waiting' },
  { value: 'new', label: 'Look at what they write first' },
  { value: 'banned', label: 'Let them write no more' },
] as const

function stateOf(comment: comments.CommentAtDesk): comments.CommentState {
  if (comment.deletedAt) return 'deleted'
  if (comment.approved) return 'shown'
  return comment.declinedAt ? 'declined' : 'waiting'
}

function subjectTitle({ newsItem, episode, post }: comments.CommentAtDesk): string {
  return newsItem?.headline ?? episode?.title ?? post?.title ?? ''
}
