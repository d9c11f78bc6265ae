import { from, type Repo } from '@showrunner/data'
import { type Actor } from '../policies/index.ts'
import { Activity } from './activity.ts'
import { visibleTo } from './list-activity.ts'

/** What was done last to each of these things of one type, by their ids: of what somebody may read. */
export async function lastDone(
  repo: Repo,
  actor: Actor,
  subjectType: string,
  ids: readonly number[],
): Promise<ReadonlyMap<number, Activity>> {
  if (ids.length === 0) return new Map()
  const last = await repo.all(
    visibleTo(actor, from(Activity))
      .where({ subjectType })
      .where('subjectId', 'in', ids)
      .distinct('subjectId')
      .orderBy({ subjectId: 'asc', at: 'desc', id: 'desc' }),
  )
  return new Map(last.flatMap((one) => (one.subjectId === null ? [] : [[one.subjectId, one]])))
}
