import { type Discussion, type SubjectRow, type Thread, titleOf } from '@showrunner/domain/comments'
import { type z } from 'zod'
import { commentAddress, discussedAt } from '../../comment-address.ts'
import { type Outside } from '../outside.ts'
import { type Comment, type CommentInList } from '../schemas/comment.ts'
import { episodePath } from './episode.ts'
import { newsPath } from './news.ts'
import { somebody } from './parts.ts'
import { postPath } from './post.ts'

/** What everybody reads of a discussion, in the order in which it was said. */
export function commentAnswers(
  outside: Outside,
  subject: SubjectRow,
  { threads, profiles }: Pick<Discussion, 'threads' | 'profiles'>,
): readonly z.output<typeof CommentInList>[] {
  return flat(threads)
    .toSorted((one, other) => one.id - other.id)
    .map((comment) => {
      const { id, parentId, depth, author, insertedAt, editedAt, deletedAt } = comment
      const isThere = deletedAt === null
      return {
        id,
        parentId,
        depth,
        author: isThere ? somebody(outside, author, profiles.people) : null,
        body: isThere ? comment.body : null,
        bodyHtml: isThere ? comment.bodyHtml : null,
        deleted: !isThere,
        writtenAt: insertedAt.toISOString(),
        editedAt: isThere && editedAt ? editedAt.toISOString() : null,
        url: outside.at(commentAddress(subject, id)),
        apiUrl: outside.api(`/comments/${id}`),
      }
    })
}

export function aboutOf(outside: Outside, subject: SubjectRow): z.output<typeof Comment>['about'] {
  return {
    kind: subject.of,
    title: titleOf(subject),
    url: outside.at(discussedAt(subject)),
    apiUrl: outside.api(subjectPath(subject)),
  }
}

function subjectPath(subject: SubjectRow): string {
  switch (subject.of) {
    case 'news':
      return newsPath(subject.row.id)
    case 'episode':
      return episodePath(subject.podcast, subject.row.slug)
    case 'post':
      return postPath(subject.row.slug)
    default:
      throw new Error(`unknown subject: ${String(subject satisfies never)}`)
  }
}

function flat(threads: readonly Thread[]): readonly Thread['comment'][] {
  return threads.flatMap(({ comment, replies }) => [comment, ...flat(replies)])
}
