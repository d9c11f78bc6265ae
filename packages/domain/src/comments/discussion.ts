import { from, type Loaded, type Repo } from '@showrunner/data'
import { Comment } from './comment.ts'
import { type Profiles, profilesIn } from './profiles.ts'
import { columnOf, type DiscussionSubject } from './subject.ts'

/** What is longer than this is closed: nobody reads it, and everybody would have to fetch it. */
export const FULL_AT = 500

type CommentOfPerson = Loaded<typeof Comment, ['author']>

/** A comment with what answers it, and so on. */
export interface Thread {
  readonly comment: CommentOfPerson
  readonly replies: readonly Thread[]
}

export interface Discussion {
  readonly subject: DiscussionSubject
  readonly threads: readonly Thread[]
  readonly profiles: Profiles
  /** How many comments anybody can read. */
  readonly count: number
  readonly isFull: boolean
}

/** What everybody reads of a discussion, the first first. What was deleted stands as that where others answered it. */
export async function getDiscussion(
  repo: Repo,
  subject: DiscussionSubject,
  asOf: Date,
): Promise<Discussion> {
  const comments = await repo.all(
    from(Comment)
      .where(columnOf(subject), '=', subject.id)
      .where({ approved: true })
      .orderBy({ id: 'asc' })
      .limit(FULL_AT)
      .preload('author'),
  )
  return {
    subject,
    threads: threadsOf(comments),
    profiles: await profilesIn(repo, comments, asOf),
    count: comments.filter(({ deletedAt }) => deletedAt === null).length,
    isFull: comments.length >= FULL_AT,
  }
}

/** How many comments anybody can read of each of these. */
export async function countComments(
  repo: Repo,
  subjects: readonly DiscussionSubject[],
): Promise<ReadonlyMap<string, number>> {
  const counted = new Map<string, number>()
  for (const kind of ['news', 'episode', 'post'] as const) {
    const ids = subjects.filter((subject) => subject.of === kind).map(({ id }) => id)
    if (ids.length === 0) continue
    const column = ({ news: 'newsItemId', episode: 'episodeId', post: 'postId' } as const)[kind]
    const rows = await repo.all(
      from(Comment)
        .where(column, 'in', ids)
        .where({ approved: true })
        .where('deletedAt', 'is', null)
        .select('id', column),
    )
    for (const row of rows) {
      const key = `${kind}-${Number(Reflect.get(row, column))}`
      counted.set(key, (counted.get(key) ?? 0) + 1)
    }
  }
  return counted
}

function threadsOf(comments: readonly CommentOfPerson[]): readonly Thread[] {
  const answers = Map.groupBy(comments, ({ parentId }) => parentId)
  const below = (parentId: number | null): readonly Thread[] =>
    (answers.get(parentId) ?? []).flatMap((comment) => {
      const replies = below(comment.id)
      return comment.deletedAt !== null && replies.length === 0 ? [] : [{ comment, replies }]
    })
  return below(null)
}
