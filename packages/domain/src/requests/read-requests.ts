import { from, type Loaded, type Repo } from '@showrunner/data'
import { isOut } from '../episodes/index.ts'
import { type ListOptions, type Paged, paged } from '../lists/index.ts'
import { EpisodeRequest } from './episode-request.ts'
import { type Actor } from '../policies/index.ts'
import {
  containing,
  inState,
  newestFirst,
  REQUEST_STATES,
  type RequestState,
  visibleTo,
} from './scopes.ts'

export type ListedRequest = Loaded<typeof EpisodeRequest, ['podcast', 'submitter', 'episode']>
export type WholeRequest = Loaded<
  typeof EpisodeRequest,
  ['podcast', 'submitter', 'episode', { messages: ['person'] }]
>

export function stateOfRequest(
  { status, episode }: Pick<ListedRequest, 'status' | 'episode'>,
  asOf: Date,
): RequestState {
  return episode && isOut(episode, asOf) ? 'complete' : status
}

interface RequestsWanted extends Pick<ListOptions, 'q' | 'page'> {
  readonly state?: RequestState | undefined
  readonly podcastId?: number | undefined
}

/** A page of the requests that this repo reaches, the newest first; searched in what is asked for, and in who asks. */
export async function listRequests(
  repo: Repo,
  { state, podcastId, q = '', page }: RequestsWanted,
  asOf: Date,
): Promise<Paged<ListedRequest>> {
  const found = newestFirst(containing(requestsOf(podcastId), q))
  const wanted = state === undefined ? found : inState(found, state, asOf)
  return paged(repo, wanted.preload('podcast', 'submitter', 'episode'), page)
}

export interface FreshRequests {
  readonly newest: readonly Loaded<typeof EpisodeRequest, ['podcast', 'submitter']>[]
  readonly total: number
}

/** What waits for an answer of somebody, the newest few of it. */
export async function listFreshRequests(
  repo: Repo,
  actor: Actor,
  asOf: Date,
  limit: number,
): Promise<FreshRequests> {
  const fresh = inState(visibleTo(actor, from(EpisodeRequest)), 'fresh', asOf)
  const [newest, total] = await Promise.all([
    repo.all(newestFirst(fresh).limit(limit).preload('podcast', 'submitter')),
    repo.count(fresh),
  ])
  return { newest, total }
}

/** How many there are in each state. */
export async function countRequests(
  repo: Repo,
  { podcastId }: { readonly podcastId?: number | undefined },
  asOf: Date,
): Promise<Readonly<Record<RequestState, number>>> {
  const count = async (state: RequestState) =>
    [state, await repo.count(inState(requestsOf(podcastId), state, asOf))] as const
  // An entry for each of the states.
  return Object.fromEntries(await Promise.all(REQUEST_STATES.map(count))) as Record<
    RequestState,
    number
  >
}

/** The newest that somebody made, of those that this repo reaches. */
export async function listRequestsOf(
  repo: Repo,
  { id: submitterId }: { readonly id: number },
): Promise<readonly ListedRequest[]> {
  const theirs = newestFirst(from(EpisodeRequest).where({ submitterId })).limit(20)
  return repo.all(theirs.preload('podcast', 'submitter', 'episode'))
}

/** One with all that was said about it. @throws NotFoundError */
export async function getRequest(repo: Repo, id: number): Promise<WholeRequest> {
  const whole = from(EpisodeRequest).preload('podcast', 'submitter', 'episode', {
    messages: ['person'],
  })
  return repo.getOrThrow(whole, id)
}

/** Takes it away, with what was said about it; its episode stays. */
export async function deleteRequest(repo: Repo, request: EpisodeRequest): Promise<void> {
  await repo.deleteOrThrow(request)
}

function requestsOf(podcastId: number | undefined) {
  return podcastId === undefined ? from(EpisodeRequest) : from(EpisodeRequest).where({ podcastId })
}
