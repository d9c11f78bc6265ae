import { dynamic, exists, from, parent, type Query, subquery } from '@showrunner/data'
import { Episode, published } from '../episodes/index.ts'
import { patternsIn } from '../lists/index.ts'
import { Person } from '../people/index.ts'
import { type Actor } from '../policies/index.ts'
import { EpisodeRequest, REQUEST_STATUSES, type RequestStatus } from './episode-request.ts'

type Requests<Spec> = Query<typeof EpisodeRequest, Spec>

/** What becomes of a request. It is complete once its episode is out, whatever was said before. */
export const REQUEST_STATES = [...REQUEST_STATUSES, 'complete'] as const
export type RequestState = RequestStatus | 'complete'

/** What somebody may `show`. */
export function visibleTo<Spec>(actor: Actor, requests: Requests<Spec>): Requests<Spec> {
  return actor.isAdmin ? requests : requests.where('podcastId', 'in', actor.hostOf)
}

export function newestFirst<Spec>(requests: Requests<Spec>): Requests<Spec> {
  return requests.orderBy({ insertedAt: 'desc', id: 'desc' })
}

export function inState<Spec>(
  requests: Requests<Spec>,
  state: RequestState,
  asOf: Date,
): Requests<Spec> {
  const out = exists(
    from(Episode)
      .where({ requestId: parent('id') })
      .pipe((all) => published(all, asOf)),
  )
  return state === 'complete'
    ? requests.where(out)
    : requests.where({ status: state }).where(out.not())
}

/** In which every word stands: in what is asked for, or in the name or address of who asks. */
export function containing<Spec>(requests: Requests<Spec>, q: string): Requests<Spec> {
  return patternsIn(q).reduce((found, pattern) => {
    const people = from(Person).where(
      dynamic(Person).and('name', 'ilike', pattern).or('email', 'ilike', pattern),
    )
    return found.where(
      dynamic(EpisodeRequest)
        .and('pitch', 'ilike', pattern)
        .or('topics', 'ilike', pattern)
        .or('guests', 'ilike', pattern)
        .or('submitterId', 'in', subquery(people.select('id'))),
    )
  }, requests)
}
