import { from, type Loaded, type Repo } from '@showrunner/data'
import { Chapter, Episode } from '../episodes/index.ts'
import { type ChatMessageOfPerson, listChat, listMuted } from './chat.ts'
import { type MutedPerson } from './chat-mute.ts'
import { type LiveNote } from './live-note.ts'
import { LiveShow } from './live-show.ts'
import { countReactions, listLiveNotes } from './read-live.ts'

export type EpisodeOfDesk = Loaded<typeof Episode, ['podcast']>

/** What lies before whoever makes a show. */
export interface LiveDesk {
  /** Nothing while none is planned. */
  readonly show: LiveShow | undefined
  readonly notes: readonly LiveNote[]
  readonly chapters: readonly Chapter[]
  readonly chat: readonly ChatMessageOfPerson[]
  readonly muted: readonly MutedPerson[]
  readonly reactions: Readonly<Record<string, number>>
}

/** @throws NotFoundError */
export async function getEpisodeOfDesk(
  repo: Repo,
  podcastId: number,
  id: number,
): Promise<EpisodeOfDesk> {
  return repo.getByOrThrow(from(Episode).preload('podcast'), { id, podcastId })
}

export async function getDesk(
  repo: Repo,
  { id, podcastId }: Pick<Episode, 'id' | 'podcastId'>,
  asOf: Date,
): Promise<LiveDesk> {
  const [show, notes, chapters, chat, muted, reactions] = await Promise.all([
    repo.getBy(LiveShow, { episodeId: id }),
    listLiveNotes(repo, id),
    repo.all(from(Chapter).where({ episodeId: id }).orderBy({ startsMs: 'asc', id: 'asc' })),
    listChat(repo, id),
    listMuted(repo, podcastId, asOf),
    countReactions(repo, id),
  ])
  return { show, notes, chapters, chat, muted, reactions }
}
