import {
  addError,
  applyAction,
  build,
  type Changeset,
  type Params,
  type Repo,
} from '@showrunner/data'
import { enqueue } from '@showrunner/jobs'
import { Episode } from '../episodes/index.ts'
import { type Limit, spend } from '../limits/index.ts'
import { type Person } from '../people/index.ts'
import { type Answer, answerFormChangeset, type AnswerStatus } from './answer.ts'
import { answerChangeset, type EpisodeRequest, type RequestStatus } from './episode-request.ts'
import { mailRequestAnswer } from './jobs.ts'
import { messageChangeset, RequestMessage } from './request-message.ts'
import { startEpisode } from './start-episode.ts'
import { tellHosts } from './tell-hosts.ts'

const HOUR_MS = 60 * 60_000
const PER_REQUEST: Limit = { name: 'messages about a request', most: 20, perMs: HOUR_MS }

export type Answered =
  | { readonly ok: true; readonly episode: Episode | undefined }
  | { readonly ok: false; readonly changeset: Changeset<typeof Answer> }

/**
 * Says what becomes of a request, or only a word about it; the word is mailed, and without one nobody is told. To accept it is
 * to have an episode for it: the one named, or a new draft.
 */
export async function answerRequest(
  repo: Repo,
  request: EpisodeRequest,
  params: Params,
  by: Pick<Person, 'id'>,
  asOf: Date,
): Promise<Answered> {
  const changeset = answerFormChangeset(params)
  const answer = applyAction(changeset, 'update')
  if (!answer.ok) return answer
  const refused = (field: 'status' | 'episodeId', message: string): Answered => ({
    ok: false,
    changeset: { ...addError(changeset, field, message), action: 'update' },
  })
  if (answer.value.lockVersion !== request.lockVersion) return refused('status', OVERTAKEN)

  const { status, body, episodeId } = answer.value
  return repo.transaction(async () => {
    const why = status === null ? undefined : await reasonAgainst(repo, request, status, episodeId)
    if (why) return refused(episodeId === null ? 'status' : 'episodeId', why)
    if (status !== null && !(await settle(repo, request, status, asOf))) {
      return refused('status', OVERTAKEN)
    }
    const episode = status === 'accepted' ? await startEpisode(repo, request, episodeId) : undefined
    if (body !== null) await say(repo, request, { author: 'staff', personId: by.id, body }, status)
    return { ok: true, episode }
  })
}

const OVERTAKEN = 'was decided by somebody else meanwhile: look at what it is now'

/** Gives it the status, unless somebody else was faster. */
async function settle(
  repo: Repo,
  request: EpisodeRequest,
  status: RequestStatus,
  asOf: Date,
): Promise<boolean> {
  const settled = await repo.update(answerChangeset(request, status, asOf), {
    staleErrorField: 'status',
  })
  return settled.ok
}

async function reasonAgainst(
  repo: Repo,
  { id, podcastId }: EpisodeRequest,
  status: AnswerStatus,
  episodeId: number | null,
): Promise<string | undefined> {
  const answering = await repo.getBy(Episode, { requestId: id })
  if (answering?.published) return 'is complete: its episode is published'
  if (status !== 'accepted' || episodeId === null) return undefined

  const episode = await repo.getBy(Episode, { id: episodeId, podcastId })
  if (!episode) return 'is no episode of this podcast'
  return episode.requestId === null || episode.requestId === id
    ? undefined
    : 'answers another request already'
}

/** What whoever asked writes on the page of their request: its podcast is told. */
export async function replyToRequest(
  repo: Repo,
  request: EpisodeRequest,
  params: Params,
  asOf: Date,
) {
  return repo.transaction(async () => {
    await spend(repo, PER_REQUEST, String(request.id), asOf)
    const saved = await repo.insert(
      messageChangeset(
        messageOf(request, { author: 'submitter', personId: request.submitterId }),
        params,
      ),
    )
    if (saved.ok) await tellHosts(repo, request, saved.value)
    return saved
  })
}

interface Said {
  readonly author: 'staff' | 'submitter'
  readonly personId: number
  readonly body: string
}

async function say(
  repo: Repo,
  request: EpisodeRequest,
  { body, ...by }: Said,
  status: AnswerStatus | null,
): Promise<void> {
  const message = await repo.insertOrThrow(messageChangeset(messageOf(request, by), { body }))
  await enqueue(repo, mailRequestAnswer, { messageId: message.id, status })
}

function messageOf({ id, podcastId }: EpisodeRequest, by: Omit<Said, 'body'>): RequestMessage {
  return build(RequestMessage, { requestId: id, podcastId, ...by })
}
