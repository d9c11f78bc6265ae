import { type SubjectRow } from '@showrunner/domain/comments'
import { addresses } from './addresses.ts'

/** The page on which something is discussed, without its host. */
export function discussedAt(subject: SubjectRow): string {
  switch (subject.of) {
    case 'news':
      return addresses.newsItem(subject.row)
    case 'episode':
      return addresses.episode(subject.podcast, subject.row.slug)
    case 'post':
      return addresses.post(subject.row.slug)
    default:
      throw new Error(`unknown subject: ${String(subject satisfies never)}`)
  }
}

/** A comment, where it stands among the others. */
export function commentAddress(subject: SubjectRow, id: number): string {
  return `${discussedAt(subject)}#comment-${id}`
}
