import { type Query } from '@showrunner/data'
import { patternsIn } from '../lists/index.ts'
import { type Actor } from '../policies/index.ts'
import { type EpisodeRequest, REQUEST_STATUSES, type RequestStatus } from './episode-request.ts'

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
  const known = state === 'complete' ? requests : requests.where({ status: state })
  return known.where((eb) => {
    const isOut = eb.exists(
      eb
        .selectFrom('episodes')
        .select('episodes.id')
        .whereRef('episodes.requestId', '=', 'episode_requests.id')
        .where('episodes.published', '=', true)
        .where('episodes.publishedAt', '<=', asOf),
    )
    return state === 'complete' ? isOut : eb.not(isOut)
  })
}

/** In which every word stands: in what is asked for, or in the name or address of who asks. */
export function containing<Spec>(requests: Requests<Spec>, q: string): Requests<Spec> {
  return patternsIn(q).reduce((found, pattern) => {
    return found.where((eb) =>
      eb.or([
        eb('pitch', 'ilike', pattern),
        eb('topics', 'ilike', pattern),
        eb('guests', 'ilike', pattern),
        eb.exists(
          eb
            .selectFrom('people')
            .select('people.id')
            .whereRef('people.id', '=', 'episode_requests.submitterId')
            .where((who) =>
              who.or([who('people.name', 'ilike', pattern), who('people.email', 'ilike', pattern)]),
            ),
        ),
      ]),
    )
  }, requests)
}
