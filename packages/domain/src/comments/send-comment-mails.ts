import { from, type Loaded, type Repo } from '@showrunner/data'
import { AddressRefusedError } from '@showrunner/mail'
import { aboutEpisode, aboutNews, type MailerParts, sendMail } from '../mailing/index.ts'
import { plainText } from '../markup/index.ts'
import { Person } from '../people/index.ts'
import { Comment } from './comment.ts'
import { CommentMail, type MailedFor } from './comment-mail.ts'
import { findSubject, titleOf } from './find-subject.ts'
import { commentMail, commentWaitsMail } from './mails.ts'
import { subjectOf, type SubjectRow } from './subject.ts'
import { endFollow, unfollowToken } from './unfollow-token.ts'
import { listUnwanted } from './unwanted-mail.ts'

const MOST_MODERATORS = 20

export interface CommentParts extends MailerParts {
  readonly clock: () => Date
  /** The address of a comment where it is discussed, in full. */
  readonly commentAddress: (subject: SubjectRow, commentId: number) => string
  /** The address that ends mails of a discussion, in full. */
  readonly unfollowAddress: (token: string) => string
  /** The address that ends mails of that kind, of any discussion, in full. */
  readonly unwantedAddress: (token: string, why: MailedFor) => string
  /** Where comments wait in the admin area, in full. */
  readonly commentsDesk: string
}

/** Mails somebody of a comment, unless they were, want it no more, or it is gone. */
export async function sendCommentMail(parts: CommentParts, id: number): Promise<void> {
  const { repo, clock } = parts
  const found = await repo.get(
    from(CommentMail).preload({ comment: ['author'], follow: ['person'] }),
    id,
  )
  if (!found || found.sentAt) return
  const { comment, follow } = found
  if (!comment.approved || comment.deletedAt || follow.unsubscribedAt) return
  const why = await whyNow(repo, found)
  if (!why) return
  const subject = await findSubject(repo, subjectOf(comment), clock())
  if (!subject || follow.person.email === null) return

  const token = await unfollowToken(repo, follow)
  const props = {
    author: comment.author?.name ?? 'Somebody',
    title: titleOf(subject),
    said: plainText(comment.bodyHtml ?? ''),
    url: parts.commentAddress(subject, comment.id),
    why,
    reason: follow.context,
    unfollowUrl: parts.unfollowAddress(token),
    unsubscribeUrl: parts.unwantedAddress(token, why),
  }
  const envelope = { id: `comment-${id}`, about: about(subject) }
  try {
    await sendMail(parts, commentMail, follow.person.email, props, envelope)
  } catch (error) {
    if (!(error instanceof AddressRefusedError)) throw error
    return endFollow(repo, follow, clock(), { all: true })
  }
  await repo.updateAll(from(CommentMail).where({ id }), { sentAt: clock() })
}

/** What they want to hear of now: who does not of answers to them may of all that is said. */
async function whyNow(
  repo: Repo,
  { why, follow }: Loaded<typeof CommentMail, ['follow']>,
): Promise<MailedFor | undefined> {
  const unwanted = await listUnwanted(repo, follow.personId)
  const reasons: readonly MailedFor[] = follow.ofAll ? [why, 'discussion'] : [why]
  return reasons.find((reason) => !unwanted.has(reason))
}

export async function listModerators(repo: Repo): Promise<readonly Person[]> {
  const admins = from(Person).where({ admin: true }).where('email', 'is not', null)
  return repo.all(admins.orderBy({ id: 'asc' }).limit(MOST_MODERATORS))
}

/** Lets an administrator know that a comment waits, if it still does. */
export async function mailModerator(
  parts: CommentParts,
  commentId: number,
  personId: number,
): Promise<void> {
  const { repo, clock, commentsDesk } = parts
  const comment = await repo.get(from(Comment).preload('author'), commentId)
  if (!comment || comment.approved || comment.deletedAt || comment.declinedAt) return
  const [subject, person] = [
    await findSubject(repo, subjectOf(comment), clock()),
    await repo.get(Person, personId),
  ]
  if (!subject || person?.email == null || !person.admin) return
  const props = {
    author: comment.author?.name ?? 'Somebody',
    title: titleOf(subject),
    said: plainText(comment.bodyHtml ?? ''),
    url: commentsDesk,
  }
  await sendMail(parts, commentWaitsMail, person.email, props, { about: about(subject) })
}

function about(subject: SubjectRow) {
  if (subject.of === 'episode') return aboutEpisode(subject.row)
  if (subject.of === 'news') return aboutNews(subject.row)
  return { type: 'post', id: subject.row.id, title: subject.row.title }
}
