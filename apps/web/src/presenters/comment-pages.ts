import { type Changeset, errorMessages } from '@showrunner/data'
import {
  type Comment,
  type CommentError,
  type CommentWithAuthor,
  type CommentPreview,
  EDIT_MS,
  LONGEST_COMMENT,
  type MailedFor,
  mayEdit,
  type Profiles,
  type SubjectRow,
  subjectKey,
  titleOf,
} from '@showrunner/domain/comments'
import { plainText } from '@showrunner/domain/markup'
import { type Person } from '@showrunner/domain/people'
import { addresses } from '../addresses.ts'
import { discussedAt } from '../comment-address.ts'
import { type SafeHtml } from '../safe-html.ts'
import { commentHtml, type CommentLine, commentLine } from './discussion.ts'
import { moment } from './dates.ts'
import { excerpt } from './excerpts.ts'
import { type Site } from './frame.ts'
import { noticePage, type NoticePage } from './notice-page.ts'

const OWN_WORDS = 40

/** A form in which somebody writes, by itself or on a page that is everybody's. */
export interface CommentForm {
  readonly action: string
  readonly about: string
  readonly parent: number | null
  readonly body: string
  readonly error: string | null
  readonly maxLength: number
  readonly as: string
  readonly send: string
  /** What it will look like, once that was asked for. */
  readonly preview: SafeHtml | null
}

export interface OwnComment {
  readonly href: string
  /** How it begins. */
  readonly words: string
}

interface Writing {
  readonly subject: SubjectRow
  readonly person: Pick<Person, 'name'>
  readonly parent?: number | null
  readonly body?: string
  readonly changeset?: Changeset<typeof Comment>
  readonly preview?: CommentPreview | null
  readonly editing?: Comment
}

export function commentForm({ words }: Site, writing: Writing): CommentForm {
  const { subject, person, parent = null, body = '', changeset, preview = null, editing } = writing
  const { discussion } = words
  const [error] = changeset ? (errorMessages(changeset).body ?? []) : []
  return {
    action: editing ? addresses.editComment(editing.id) : addresses.comments,
    about: keyOf(subject),
    parent,
    body,
    error: error === undefined ? null : discussion.wrong(error),
    maxLength: LONGEST_COMMENT,
    as: person.name,
    send: editing ? discussion.save : discussion.send,
    preview: preview && commentHtml(preview.html, preview.profiles),
  }
}

/** What is one visitor's own of a discussion, below what is everybody's. */
export interface DiscussionDesk {
  readonly form: CommentForm
  readonly own: readonly OwnComment[]
  readonly follow: FollowForm
}

interface FollowForm {
  readonly action: string
  readonly about: string
  readonly isOn: boolean
  /** Where they switched off mails of all discussions, so that none come of this one. */
  readonly mutedHref: string | null
}

interface Desk {
  readonly form: Writing
  readonly own: readonly Comment[]
  readonly isFollowing: boolean
  readonly isMuted: boolean
}

export function discussionDesk(
  site: Site,
  { form, own, isFollowing, isMuted }: Desk,
): DiscussionDesk {
  return {
    form: commentForm(site, form),
    own: own.map(({ id, bodyHtml }) => ({
      href: addresses.comment(id),
      words: excerpt(plainText(bodyHtml ?? ''), OWN_WORDS),
    })),
    follow: {
      action: addresses.followDiscussion,
      about: keyOf(form.subject),
      isOn: isFollowing,
      mutedHref: isMuted ? addresses.commentMails : null,
    },
  }
}

/** A page to write on. */
export interface WriteCommentPage extends NoticePage, DiscussionDesk {
  readonly subject: { readonly title: string; readonly href: string }
}

export function writeCommentPage(site: Site, desk: Desk): WriteCommentPage {
  const { subject } = desk.form
  const { discussion } = site.words
  const title = desk.form.editing ? discussion.change : discussion.write
  return {
    ...noticePage(site, title, addresses.comments),
    ...discussionDesk(site, desk),
    subject: { title: titleOf(subject), href: `${discussedAt(subject)}#discussion` },
  }
}

/** A page about one comment: to answer it, or, of who wrote it, to change it and take it away. */
export interface CommentPage extends WriteCommentPage {
  readonly comment: CommentLine
  /** What its writer is told of one that nobody else sees. */
  readonly standing: string | null
  readonly edit: { readonly href: string; readonly until: string } | null
  readonly removeAction: string | null
  readonly mayAnswer: boolean
}

interface OneComment {
  readonly comment: CommentWithAuthor
  readonly profiles: Profiles
  readonly person: Person
  readonly asOf: Date
}

export function commentPage(
  site: Site,
  { comment, profiles, person, asOf }: OneComment,
  desk: Desk,
): CommentPage {
  const { words } = site
  const { discussion } = words
  const isOwn = comment.authorId === person.id && comment.deletedAt === null
  const page = writeCommentPage(site, desk)
  const line = commentLine({ comment, replies: [] }, { isFull: false, profiles }, words)
  const title = isOwn ? discussion.yourComment : discussion.answerTo(line.name)
  const until = moment(new Date(comment.insertedAt.getTime() + EDIT_MS), words)
  return {
    ...page,
    ...noticePage(site, title, addresses.comment(comment.id)),
    comment: { ...line, answerHref: null },
    standing: comment.declinedAt ? discussion.declined : comment.approved ? null : discussion.waits,
    edit: mayEdit(comment, person, asOf)
      ? { href: addresses.editComment(comment.id), until: discussion.changeUntil(until.full) }
      : null,
    removeAction: isOwn ? addresses.removeComment(comment.id) : null,
    mayAnswer: comment.approved && comment.deletedAt === null,
  }
}

/** Why something could not be said. */
export interface RefusedCommentPage extends NoticePage {
  readonly why: string
  readonly back: string | null
}

export function refusedCommentPage(site: Site, { why }: CommentError): RefusedCommentPage {
  const { discussion } = site.words
  return {
    ...noticePage(site, discussion.cannot, addresses.comments),
    why: discussion.refused[why],
    back: null,
  }
}

export interface UnfollowPage extends NoticePage {
  readonly subject: { readonly title: string; readonly href: string } | null
  readonly isEnded: boolean
  readonly action: string
  readonly undoAction: string
  readonly allAction: string
}

export function unfollowPage(
  site: Site,
  token: string,
  { subject, isEnded }: { readonly subject: SubjectRow | undefined; readonly isEnded: boolean },
): UnfollowPage {
  return {
    ...noticePage(site, site.words.discussion.unfollowTitle, addresses.news),
    subject: subject ? { title: titleOf(subject), href: discussedAt(subject) } : null,
    isEnded,
    action: addresses.unfollow(token),
    undoAction: addresses.resumeFollow(token),
    allAction: addresses.unwantedMails(token, 'all'),
  }
}

/** Mails of comments of one kind, or of any. */
export interface UnwantedMailsPage extends NoticePage {
  readonly isEnded: boolean
  /** What is asked, or what is true now. */
  readonly said: string
  readonly action: string
}

export function unwantedMailsPage(
  site: Site,
  token: string,
  { why, isEnded }: { readonly why: MailedFor | 'all'; readonly isEnded: boolean },
): UnwantedMailsPage {
  const { unwanted, unwantedAsk } = site.words.discussion
  return {
    ...noticePage(site, (words) => words.discussion.unwantedTitle, addresses.news),
    isEnded,
    said: isEnded ? unwanted[why] : unwantedAsk[why],
    action: isEnded ? addresses.wantedMails(token, why) : addresses.unwantedMails(token, why),
  }
}

function keyOf(subject: SubjectRow): string {
  return subjectKey({ of: subject.of, id: subject.row.id })
}
