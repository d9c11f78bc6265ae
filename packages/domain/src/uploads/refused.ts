import { dynamic, from, type Repo, subquery } from '@showrunner/data'
import { type Actor } from '../policies/index.ts'
import { Upload } from './upload.ts'

/**
 * What was sent since then and not taken, the newest first, as far as nobody has sent anything in its place: of somebody
 * themselves, and of the podcasts they work on.
 */
export async function listRefused(
  repo: Repo,
  actor: Actor,
  since: Date,
  limit: number,
): Promise<readonly Upload[]> {
  const newestOfEach = from(Upload)
    .where('updatedAt', '>=', since)
    .distinct('kind', 'subject', 'subjectId')
    .orderBy({ kind: 'asc', subject: 'asc', subjectId: 'asc', id: 'desc' })
    .select('id')
  return repo.all(
    theirs(actor)
      .where({ state: 'refused' })
      .where('id', 'in', subquery(newestOfEach))
      .orderBy({ updatedAt: 'desc', id: 'desc' })
      .limit(limit),
  )
}

function theirs({ isAdmin, hostOf, person }: Actor) {
  if (isAdmin) return from(Upload)
  const own = person ? [person.id] : []
  return from(Upload).where(
    dynamic(Upload).and('podcastId', 'in', hostOf).or('personId', 'in', own),
  )
}
