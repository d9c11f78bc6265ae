import {
  addError,
  build,
  change,
  type Changeset,
  from,
  type Loaded,
  NotFoundError,
  type Params,
  type Repo,
  type Saved,
} from '@showrunner/data'
import { type Limit, spend } from '../limits/index.ts'
import { type Person } from '../people/index.ts'
import { Comment, commentChangeset, DEEPEST } from './comment.ts'
import { type Standing, standingOf } from './commenter.ts'
import { FULL_AT } from './discussion.ts'
import { CommentError } from './errors.ts'
import { getSubject } from './find-subject.ts'
import { followUnlessDecided } from './follow.ts'
import { askModerators, tellLater } from './jobs.ts'
import { type Profiles, profilesIn } from './profiles.ts'
import { renderComment } from './render-comment.ts'
import { columnOf, type DiscussionSubject, ofSubject } from './subject.ts'

const MINUTE_MS = 60_000

/** So long a comment can be changed by who wrote it. */
export const EDIT_MS = 5 * MINUTE_MS

const WRITING: Limit = { name: 'comments', most: 10, perMs: 10 * MINUTE_MS }

/** So many of somebody new wait to be looked at, and no more. */
const MOST_WAITING = 3

interface Said {
  readonly subject: DiscussionSubject
  /** What it answers. */
  readonly parentId: number | null
  readonly params: Params
}

/**
 * Says something in a discussion. What somebody new says waits until it was looked at. The same said twice, as by two presses
 * of a button, is there once.
 *
 * @throws CommentError when they may not, NotFoundError when there is no such discussion, LimitError for too many.
 */
export async function writeComment(
  repo: Repo,
  person: Person,
  { subject, parentId, params }: Said,
  asOf: Date,
): Promise<Saved<typeof Comment>> {
  await getSubject(repo, subject, asOf)
  const standing = await standingOf(repo, person)
  if (standing === 'banned') throw new CommentError('banned')
  const place = await placeBelow(repo, subject, parentId)
  const draft = build(Comment, {
    ...ofSubject(subject),
    ...place,
    authorId: person.id,
    approved: standing === 'trusted',
  })
  const changeset = withHtml(commentChangeset(draft, params))
  if (!changeset.valid) return repo.insert(changeset)
  return repo.transaction(async () => {
    const same = await saidBefore(
      repo,
      subject,
      { authorId: person.id, ...place },
      changeset.changes.body ?? '',
      asOf,
    )
    if (same) return { ok: true, value: same }
    await mayWriteNow(repo, person, subject, standing, asOf)
    const saved = await repo.insert(changeset)
    if (saved.ok) await tell(repo, subject, saved.value)
    return saved
  })
}

async function tell(repo: Repo, subject: DiscussionSubject, comment: Comment): Promise<void> {
  const { authorId, approved } = comment
  if (authorId !== null)
    await followUnlessDecided(repo, subject, { personId: authorId, ofAll: true, context: 'wrote' })
  if (approved) await tellLater(repo, comment, EDIT_MS)
  else await askModerators(repo, comment)
}

/** How a comment will look. */
export interface CommentPreview {
  readonly html: string
  readonly profiles: Profiles
}

/** What it will look like, unless something is wrong with it; and saves nothing. */
export async function previewComment(
  repo: Repo,
  params: Params,
  asOf: Date,
): Promise<{
  readonly changeset: Changeset<typeof Comment>
  readonly preview: CommentPreview | null
}> {
  const changeset = withHtml(commentChangeset(build(Comment), params))
  const html = changeset.changes.bodyHtml ?? null
  if (html === null) return { changeset, preview: null }
  const profiles = await profilesIn(repo, [{ authorId: null, bodyHtml: html }], asOf)
  return { changeset, preview: { html, profiles } }
}

/** Whether somebody may still change their own comment. */
export function mayEdit(
  { authorId, insertedAt, deletedAt, declinedAt }: Comment,
  person: Pick<Person, 'id'>,
  asOf: Date,
): boolean {
  const isOpen = asOf.getTime() - insertedAt.getTime() < EDIT_MS
  return authorId === person.id && isOpen && deletedAt === null && declinedAt === null
}

/** @throws CommentError when it is too late, or not theirs, or they write nothing more. */
export async function editComment(
  repo: Repo,
  person: Person,
  comment: Comment,
  params: Params,
  asOf: Date,
): Promise<Saved<typeof Comment>> {
  if (!mayEdit(comment, person, asOf)) throw new CommentError('late')
  if ((await standingOf(repo, person)) === 'banned') throw new CommentError('banned')
  const changeset = withHtml(commentChangeset(comment, params))
  const isOther = changeset.changes.body !== undefined
  return repo.update(isOther ? change(changeset, { editedAt: asOf }) : changeset)
}

/** Its words go for good. Where others have answered, that there was one stays. */
export async function deleteComment(
  repo: Repo,
  comment: Comment,
  asOf: Date,
  by: Pick<Person, 'id'> | null = null,
): Promise<Comment> {
  return repo.updateOrThrow(
    change(comment, {
      body: '',
      bodyHtml: null,
      deletedAt: comment.deletedAt ?? asOf,
      ...(by && { decidedById: by.id }),
    }),
  )
}

export type CommentWithAuthor = Loaded<typeof Comment, ['author']>

/** @throws NotFoundError */
export async function getCommentWithAuthor(repo: Repo, id: number): Promise<CommentWithAuthor> {
  return repo.getOrThrow(from(Comment).preload('author'), id)
}

const MOST_OWN = 20

/** What somebody said in a discussion, the last first: also what nobody else sees. */
export async function listOwnComments(
  repo: Repo,
  subject: DiscussionSubject,
  authorId: number,
): Promise<readonly Comment[]> {
  const own = from(Comment)
    .where(columnOf(subject), '=', subject.id)
    .where({ authorId })
    .where('deletedAt', 'is', null)
  return repo.all(own.orderBy({ id: 'desc' }).limit(MOST_OWN))
}

function withHtml(changeset: Changeset<typeof Comment>): Changeset<typeof Comment> {
  const { body } = changeset.changes
  if (body === undefined || changeset.errors.body) return changeset
  const bodyHtml = renderComment(body)
  return bodyHtml === null
    ? addError(changeset, 'body', 'says nothing')
    : change(changeset, { bodyHtml })
}

/** What answers the deepest stands beside it. */
async function placeBelow(
  repo: Repo,
  subject: DiscussionSubject,
  parentId: number | null,
): Promise<Pick<Comment, 'parentId' | 'depth'>> {
  if (parentId === null) return { parentId: null, depth: 0 }
  const parent = await repo.one(
    from(Comment).where(columnOf(subject), '=', subject.id).where({ id: parentId }),
  )
  if (!parent) throw new NotFoundError(Comment, `to answer: ${parentId}`)
  if (!parent.approved || parent.deletedAt) throw new CommentError('gone')
  return parent.depth < DEEPEST
    ? { parentId: parent.id, depth: parent.depth + 1 }
    : { parentId: parent.parentId, depth: parent.depth }
}

async function saidBefore(
  repo: Repo,
  subject: DiscussionSubject,
  { authorId, parentId }: { readonly authorId: number; readonly parentId: number | null },
  body: string,
  asOf: Date,
): Promise<Comment | undefined> {
  const theirs = from(Comment)
    .where(columnOf(subject), '=', subject.id)
    .where({ authorId, body })
    .where('insertedAt', '>', new Date(asOf.getTime() - EDIT_MS))
  const found = await repo.all(theirs)
  return found.find((comment) => comment.parentId === parentId && !comment.deletedAt)
}

async function mayWriteNow(
  repo: Repo,
  person: Person,
  subject: DiscussionSubject,
  standing: Standing | undefined,
  asOf: Date,
): Promise<void> {
  if ((await repo.count(from(Comment).where(columnOf(subject), '=', subject.id))) >= FULL_AT)
    throw new CommentError('full')
  const waiting = from(Comment)
    .where({ authorId: person.id, approved: false })
    .where('declinedAt', 'is', null)
    .where('deletedAt', 'is', null)
  if (standing === undefined && (await repo.count(waiting)) >= MOST_WAITING)
    throw new CommentError('waiting')
  await spend(repo, WRITING, String(person.id), asOf)
}
