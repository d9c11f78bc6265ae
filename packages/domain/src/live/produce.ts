import { build, change, from, type Params, type Repo, type Saved } from '@showrunner/data'
import { Chapter, chapterChangeset, type EpisodeKey } from '../episodes/index.ts'
import { LiveNote, liveNoteChangeset } from './live-note.ts'
import { liveElapsed, LiveShow } from './live-show.ts'

/** Whoever it is that does something. */
export interface Doer {
  readonly id: number
}

/** Says something beside the show: it is shown at once, and stays with the episode. */
export async function addLiveNote(
  repo: Repo,
  episode: EpisodeKey,
  person: Doer,
  params: Params,
  asOf: Date,
): Promise<Saved<typeof LiveNote>> {
  const show = await repo.getByOrThrow(LiveShow, { episodeId: episode.id })
  const note = build(LiveNote, {
    ...owned(episode),
    personId: person.id,
    atMs: liveElapsed(show, asOf),
  })
  return repo.insert(liveNoteChangeset(note, params))
}

export async function editLiveNote(
  repo: Repo,
  episode: EpisodeKey,
  id: number,
  params: Params,
): Promise<Saved<typeof LiveNote>> {
  const note = await repo.getByOrThrow(LiveNote, { id, episodeId: episode.id })
  return repo.update(liveNoteChangeset(note, params))
}

/** @throws NotFoundError */
export async function deleteLiveNote(repo: Repo, episode: EpisodeKey, id: number): Promise<void> {
  await repo.deleteOrThrow(change(await repo.getByOrThrow(LiveNote, { id, episodeId: episode.id })))
}

/**
 * A new chapter begins now: where the show has come to. Refused when it is not on air, and for one that begins at the moment
 * another does.
 */
export async function markChapter(
  repo: Repo,
  episode: EpisodeKey,
  params: Params,
  asOf: Date,
): Promise<Saved<typeof Chapter> | undefined> {
  return repo.transaction(async () => {
    const show = await repo.getBy(from(LiveShow).lock('for update'), { episodeId: episode.id })
    const startsMs = show && !show.endedAt ? liveElapsed(show, asOf) : null
    if (startsMs === null) return undefined
    const position = await repo.count(from(Chapter).where({ episodeId: episode.id }))
    const chapter = build(Chapter, { ...owned(episode), position, startsMs, insertedAt: asOf })
    const { title, linkUrl } = params as { title?: unknown; linkUrl?: unknown }
    return repo.insert(chapterChangeset(chapter, { title, linkUrl }))
  })
}

export function owned({ id: episodeId, podcastId }: EpisodeKey) {
  return { podcastId, episodeId }
}
