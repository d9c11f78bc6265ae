import { from, type Repo } from '@showrunner/data'
import { Comment } from './comment.ts'
import { CommentMail, type MailedFor } from './comment-mail.ts'
import { Commenter } from './commenter.ts'
import { findSubject } from './find-subject.ts'
import { findFollow, followUnlessDecided, listFollowers } from './follow.ts'
import { handlesIn } from './mentions.ts'
import { peopleCalled, profilesIn } from './profiles.ts'
import { columnOf, type DiscussionSubject, subjectOf } from './subject.ts'
import { unwantedAmong } from './unwanted-mail.ts'

/**
 * Who is to be mailed of a comment, each once however often this is done: whom it answers, whom it names, who follows the
 * discussion. Gives the mails that are new.
 */
export async function tellOf(
  repo: Repo,
  commentId: number,
  asOf: Date,
): Promise<readonly number[]> {
  const comment = await repo.get(from(Comment).preload('parent'), commentId)
  if (!comment?.approved || comment.deletedAt) return []
  const subject = subjectOf(comment)
  if (!(await findSubject(repo, subject, asOf))) return []

  const followers = await listFollowers(repo, subject, comment.insertedAt)
  const reasons: readonly (readonly [personId: number, why: MailedFor])[] = [
    ...followers.map(({ personId }) => [personId, 'discussion'] as const),
    ...(await namedIn(repo, comment, asOf)).map((id) => [id, 'mention'] as const),
    ...(comment.parent?.authorId ? [[comment.parent.authorId, 'reply'] as const] : []),
  ]
  const unwanted = await unwantedAmong(
    repo,
    reasons.map(([personId]) => personId),
  )
  // Of more than one reason the last that they want to hear of.
  const wanted = new Map(reasons.filter(([id, why]) => !unwanted.get(id)?.has(why)))
  if (comment.authorId !== null) wanted.delete(comment.authorId)
  for (const id of await bannedAmong(repo, [...wanted.keys()])) wanted.delete(id)

  const mails = []
  for (const [personId, why] of wanted) {
    const context = why === 'reply' ? 'answered' : 'named'
    await followUnlessDecided(repo, subject, { personId, ofAll: false, context })
    const found = await findFollow(repo, subject, personId)
    if (found && !found.unsubscribedAt) mails.push({ commentId, followId: found.id, why })
  }
  const added = await repo.insertAll(CommentMail, mails, {
    onConflict: 'nothing',
    returning: ['id'],
  })
  return added.map(({ id }) => id)
}

/** Whom everybody reads to be named: by a link to their page, or among those who talk. */
async function namedIn(repo: Repo, comment: Comment, asOf: Date): Promise<readonly number[]> {
  const called = await peopleCalled(repo, handlesIn(comment.bodyHtml ?? ''))
  const ids = [...called.values()].map(({ id }) => id)
  if (ids.length === 0) return []
  const { people } = await profilesIn(repo, [comment], asOf)
  const talking = await talkingIn(repo, subjectOf(comment), ids)
  return ids.filter((id) => people.has(id) || talking.has(id))
}

async function talkingIn(
  repo: Repo,
  subject: DiscussionSubject,
  ids: readonly number[],
): Promise<ReadonlySet<number | null>> {
  const theirs = await repo.all(
    from(Comment)
      .where(columnOf(subject), '=', subject.id)
      .where('authorId', 'in', ids)
      .where({ approved: true })
      .where('deletedAt', 'is', null)
      .select('authorId'),
  )
  return new Set(theirs.map(({ authorId }) => authorId))
}

async function bannedAmong(repo: Repo, ids: readonly number[]): Promise<readonly number[]> {
  const banned = await repo.all(
    from(Commenter).where('personId', 'in', ids).where({ standing: 'banned' }),
  )
  return banned.map(({ personId }) => personId)
}
