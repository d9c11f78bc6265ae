import {
  build,
  change,
  from,
  type Loaded,
  type Params,
  type Repo,
  type Saved,
} from '@showrunner/data'
import { type EpisodeKey } from '../episodes/index.ts'
import { type Limit, LimitError, spend } from '../limits/index.ts'
import { ChatMessage, chatMessageChangeset } from './chat-message.ts'
import { ChatMute, type MutedPerson } from './chat-mute.ts'
import { ChatError } from './errors.ts'
import { LiveShow, liveStatus } from './live-show.ts'
import { type Doer, owned } from './produce.ts'

export type ChatMessageOfPerson = Loaded<typeof ChatMessage, ['person']>

/** Nobody types faster for long. */
const CHATTING: Limit = { name: 'chat', most: 20, perMs: 60_000 }

/**
 * Says something in the chat of a show.
 *
 * @throws ChatError when the chat is closed, the person is muted, or has to wait.
 */
export async function say(
  repo: Repo,
  episode: EpisodeKey,
  person: Doer,
  params: Params,
  asOf: Date,
): Promise<Saved<typeof ChatMessage>> {
  const show = await repo.getByOrThrow(LiveShow, { episodeId: episode.id })
  if (!show.chatEnabled || liveStatus(show) === 'ended') throw new ChatError('The chat is closed.')
  if (await isMuted(repo, episode.podcastId, person.id, asOf)) {
    throw new ChatError('You can read along, and may not write here at the moment.')
  }
  const changeset = chatMessageChangeset(
    build(ChatMessage, { ...owned(episode), personId: person.id }),
    params,
  )
  // What is refused anyway costs nothing.
  if (changeset.valid) await wait(repo, show, person, asOf)
  return repo.insert(changeset)
}

async function wait(repo: Repo, show: LiveShow, { id }: Doer, asOf: Date): Promise<void> {
  const slow: Limit = { name: `chat ${show.id}`, most: 1, perMs: show.slowModeSeconds * 1000 }
  try {
    if (slow.perMs > 0) await spend(repo, slow, `person:${id}`, asOf)
    await spend(repo, CHATTING, `person:${id}`, asOf)
  } catch (error) {
    if (!(error instanceof LimitError)) throw error
    const seconds = Math.ceil(error.retryAfterMs / 1000)
    throw new ChatError(`Wait ${seconds} s before you write again.`, error.retryAfterMs)
  }
}

/** The last of what was said, the oldest first; before a message, what was said before it. */
export async function listChat(
  repo: Repo,
  episodeId: number,
  { before, count = 50 }: { readonly before?: number | undefined; readonly count?: number } = {},
): Promise<readonly ChatMessageOfPerson[]> {
  const said = from(ChatMessage)
    .where({ episodeId })
    .where((eb) => eb('deletedAt', 'is', null))
    .orderBy({ id: 'desc' })
    .limit(Math.min(count, 100))
    .preload('person')
  const newestFirst = await repo.all(before === undefined ? said : said.where('id', '<', before))
  return newestFirst.toReversed()
}

/**
 * Takes a message away from everybody's eyes. False if it was already.
 *
 * @throws NotFoundError
 */
export async function deleteMessage(
  repo: Repo,
  episode: EpisodeKey,
  id: number,
  by: Doer,
  asOf: Date,
): Promise<boolean> {
  const message = await repo.getByOrThrow(ChatMessage, { id, episodeId: episode.id })
  if (message.deletedAt) return false
  await repo.updateOrThrow(change(message, { deletedAt: asOf, deletedById: by.id }))
  return true
}

/**
 * Somebody may not write any more in the chats of a podcast, for so long, or until they may again. Undefined for who never
 * wrote there.
 */
export async function mute(
  repo: Repo,
  podcastId: number,
  { personId, until }: { readonly personId: number; readonly until: Date | null },
  by: Doer,
): Promise<ChatMute | undefined> {
  if (!(await repo.exists(from(ChatMessage).where({ podcastId, personId })))) return undefined
  return repo.insertOrThrow(build(ChatMute, { podcastId, personId, until, mutedById: by.id }), {
    onConflict: { replace: ['until', 'mutedById', 'updatedAt'] },
    conflictTarget: ['podcastId', 'personId'],
  })
}

export async function unmute(repo: Repo, podcastId: number, personId: number): Promise<void> {
  await repo.deleteAll(from(ChatMute).where({ podcastId, personId }))
}

export async function isMuted(
  repo: Repo,
  podcastId: number,
  personId: number,
  asOf: Date,
): Promise<boolean> {
  const muted = await repo.getBy(ChatMute, { podcastId, personId })
  return muted !== undefined && (muted.until === null || muted.until > asOf)
}

export async function listMuted(
  repo: Repo,
  podcastId: number,
  asOf: Date,
): Promise<readonly MutedPerson[]> {
  const muted = await repo.all(
    from(ChatMute).where({ podcastId }).orderBy({ id: 'asc' }).preload('person'),
  )
  return muted.filter(({ until }) => until === null || until > asOf)
}

/** How long one waits between two messages of theirs. */
export async function slowDown(
  repo: Repo,
  { id }: Pick<EpisodeKey, 'id'>,
  seconds: number,
): Promise<LiveShow> {
  const show = await repo.getByOrThrow(LiveShow, { episodeId: id })
  return repo.updateOrThrow(change(show, { slowModeSeconds: seconds }))
}
