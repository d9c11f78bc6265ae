import {
  type Discussion,
  linkMentions,
  type Profiles,
  subjectKey,
  type Thread,
} from '@showrunner/domain/comments'
import { addresses } from '../addresses.ts'
import { safeHtml, type SafeHtml } from '../safe-html.ts'
import { type Words } from '../words/index.ts'
import { moment, type Moment } from './dates.ts'
import { initials } from './names.ts'

/** What people say on a page that is everybody's: nothing in it is for one visitor. */
export interface DiscussionPart {
  /** `news-42`: what it is about. */
  readonly about: string
  readonly count: number
  readonly comments: readonly CommentLine[]
  readonly isFull: boolean
  readonly writeHref: string
}

export interface CommentLine {
  readonly id: number
  readonly name: string
  /** Of the page of whoever wrote it, if they have one. */
  readonly href: string | null
  readonly initials: string
  readonly avatarUrl: string | null
  readonly when: Moment
  readonly isEdited: boolean
  /** Nothing of one that was deleted. */
  readonly html: SafeHtml | null
  readonly answerHref: string | null
  readonly replies: readonly CommentLine[]
}

export function discussionPart(discussion: Discussion, words: Words): DiscussionPart {
  const { subject, threads, count, isFull } = discussion
  const about = subjectKey(subject)
  return {
    about,
    count,
    isFull,
    comments: threads.map((thread) => commentLine(thread, discussion, words)),
    writeHref: addresses.newComment(about),
  }
}

export function commentLine(
  { comment, replies }: Thread,
  among: Pick<Discussion, 'isFull' | 'profiles'>,
  words: Words,
): CommentLine {
  const { id, author, bodyHtml, insertedAt, editedAt, deletedAt } = comment
  const isThere = deletedAt === null
  const name = (isThere && author?.name) || words.discussion.gone
  return {
    id,
    name,
    href:
      isThere && author && among.profiles.people.has(author.id)
        ? addresses.person(author.handle)
        : null,
    initials: initials(name),
    // What lies elsewhere would see who reads this.
    avatarUrl: isThere && author?.avatarUrl?.startsWith('/') ? author.avatarUrl : null,
    when: moment(insertedAt, words),
    isEdited: isThere && editedAt !== null,
    html: isThere && bodyHtml !== null ? commentHtml(bodyHtml, among.profiles) : null,
    answerHref: isThere && !among.isFull ? addresses.comment(id) : null,
    replies: replies.map((reply) => commentLine(reply, among, words)),
  }
}

/** What the domain made of Markdown without HTML, and sanitised; whoever is named and has a page is linked to it. */
export function commentHtml(html: string, { named }: Profiles): SafeHtml {
  return safeHtml(
    linkMentions(html, (said) => {
      const handle = named.get(said)
      return handle === undefined ? undefined : addresses.person(handle)
    }),
  )
}
