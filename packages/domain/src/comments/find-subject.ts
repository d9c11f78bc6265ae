import { from, NotFoundError, type Repo } from '@showrunner/data'
import { Episode, ofVisiblePodcasts, published } from '../episodes/index.ts'
import { NewsItem, out } from '../news/index.ts'
import { isOut as isPostOut, Post } from '../posts/index.ts'
import { type DiscussionSubject, type SubjectRow } from './subject.ts'

/** What is discussed, as long as anybody may see it: with that the discussion is closed, and seen by nobody. */
export async function findSubject(
  repo: Repo,
  { of, id }: DiscussionSubject,
  asOf: Date,
): Promise<SubjectRow | undefined> {
  switch (of) {
    case 'news': {
      const row = await repo.get(out(from(NewsItem), asOf), id)
      return row && { of, row }
    }
    case 'episode': {
      const heard = published(from(Episode).pipe(ofVisiblePodcasts), asOf)
      const row = await repo.get(heard.preload('podcast'), id)
      return row && { of, row, podcast: row.podcast.slug }
    }
    case 'post': {
      const row = await repo.get(Post, id)
      return row && isPostOut(row, asOf) ? { of, row } : undefined
    }
    default:
      throw new Error(`unknown subject: ${String(of satisfies never)}`)
  }
}

/** @throws NotFoundError */
export async function getSubject(
  repo: Repo,
  subject: DiscussionSubject,
  asOf: Date,
): Promise<SubjectRow> {
  const found = await findSubject(repo, subject, asOf)
  if (!found) throw new NotFoundError(NewsItem, `${subject.of} ${subject.id} to talk about`)
  return found
}

export function titleOf(subject: SubjectRow): string {
  return subject.of === 'news' ? subject.row.headline : subject.row.title
}
