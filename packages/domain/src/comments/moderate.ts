import { change, from, type Loaded, type Query, type Repo } from '@showrunner/data'
import { type ListOptions, matching, type Paged, paged, sorted } from '../lists/index.ts'
import { type Person } from '../people/index.ts'
import { Comment } from './comment.ts'
import { setStanding } from './commenter.ts'
import { tellLater } from './jobs.ts'

export const COMMENT_STATES = ['waiting', 'shown', 'declined', 'deleted'] as const
export type CommentState = (typeof COMMENT_STATES)[number]

export const COMMENT_SORTS = {
  waiting: ['insertedAt'],
  shown: ['-insertedAt'],
  declined: ['-insertedAt'],
  deleted: ['-deletedAt', '-insertedAt'],
} as const

const WITH = ['author', 'newsItem', { episode: ['podcast'] }, 'post'] as const
export type CommentAtDesk = Loaded<typeof Comment, typeof WITH>

/** A page of the comments in one state. */
export async function searchComments(
  repo: Repo,
  state: CommentState,
  { q, sort, page }: ListOptions,
): Promise<Paged<CommentAtDesk>> {
  const found = matching(inState(from(Comment), state), ['body'], q)
  const { rows, ...rest } = await paged(repo, sorted(found, COMMENT_SORTS[state], sort), page)
  return { ...rest, rows: await repo.preload(rows, ...WITH) }
}

export async function countStates(repo: Repo): Promise<Readonly<Record<CommentState, number>>> {
  const counted = await Promise.all(
    COMMENT_STATES.map(async (state) => [state, await repo.count(inState(from(Comment), state))]),
  )
  // Every state is among them.
  return Object.fromEntries(counted) as Record<CommentState, number>
}

/** How many nobody has looked at. */
export async function countWaiting(repo: Repo): Promise<number> {
  return repo.count(inState(from(Comment), 'waiting'))
}

/** @throws NotFoundError */
export async function getCommentAtDesk(repo: Repo, id: number): Promise<CommentAtDesk> {
  return repo.getOrThrow(from(Comment).preload(...WITH), id)
}

/**
 * Everybody sees it from now on; and what its writer says next, at once. Undefined when its words are not those any more that were
 * read: its writer changed them since.
 */
export async function approveComment(
  repo: Repo,
  read: Pick<Comment, 'id' | 'editedAt'>,
  by: Pick<Person, 'id'>,
): Promise<Comment | undefined> {
  return repo.transaction(async () => {
    const comment = await repo.getOrThrow(from(Comment).lock('for update'), read.id)
    if (comment.editedAt?.getTime() !== read.editedAt?.getTime()) return undefined
    const saved = await repo.updateOrThrow(
      change(comment, { approved: true, declinedAt: null, decidedById: by.id }),
    )
    if (comment.authorId !== null) await setStanding(repo, comment.authorId, 'trusted', by)
    if (!comment.approved) await tellLater(repo, comment, 0)
    return saved
  })
}

/** Nobody sees it but who wrote it. */
export async function declineComment(
  repo: Repo,
  comment: Comment,
  by: Pick<Person, 'id'>,
  asOf: Date,
): Promise<Comment> {
  return repo.updateOrThrow(
    change(comment, { approved: false, declinedAt: asOf, decidedById: by.id }),
  )
}

/** Whoever wrote it writes nothing more; what of theirs still waits is declined. */
export async function banCommenter(
  repo: Repo,
  personId: number,
  by: Pick<Person, 'id'>,
  asOf: Date,
): Promise<void> {
  await repo.transaction(async () => {
    await setStanding(repo, personId, 'banned', by)
    const waiting = await repo.all(inState(from(Comment), 'waiting').where({ authorId: personId }))
    for (const comment of waiting) await declineComment(repo, comment, by, asOf)
  })
}

function inState<Spec>(comments: Query<typeof Comment, Spec>, state: CommentState) {
  if (state === 'deleted') return comments.where('deletedAt', 'is not', null)
  const there = comments.where('deletedAt', 'is', null)
  switch (state) {
    case 'shown':
      return there.where({ approved: true })
    case 'declined':
      return there.where('declinedAt', 'is not', null)
    case 'waiting':
      return there.where({ approved: false }).where('declinedAt', 'is', null)
    default:
      throw new Error(`unknown state: ${String(state satisfies never)}`)
  }
}
