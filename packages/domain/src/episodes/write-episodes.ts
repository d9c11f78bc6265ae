import { randomUUID } from 'node:crypto'
import {
  addError,
  build,
  change,
  check,
  from,
  type Params,
  type Repo,
  type Saved,
} from '@showrunner/data'
import { AS_OPENED } from '../conflicts/index.ts'
import { retagLater } from '../uploads/index.ts'
import { Episode, episodeChangeset } from './episode.ts'
import { keepsOldAddresses, withSlug } from './slugs.ts'

/** A new episode, with a guid of its own that it keeps for good, and a slug made from its title unless one is said. */
export async function createEpisode(
  repo: Repo,
  podcastId: number,
  params: Params,
): Promise<Saved<typeof Episode>> {
  const draft = build(Episode, { podcastId, guid: randomUUID() })
  const said = await withSlug(repo, draft, params)
  return repo.insert(check(episodeChangeset(draft, said), keepsOldAddresses(repo)))
}

export async function updateEpisode(
  repo: Repo,
  episode: Episode,
  params: Params,
): Promise<Saved<typeof Episode>> {
  const said = await withSlug(repo, episode, params)
  const changeset = check(episodeChangeset(episode, said), keepsOldAddresses(repo))
  return repo.transaction(async () => {
    const saved = await repo.update(changeset, AS_OPENED)
    if (saved.ok && saved.value.audioOriginalKey !== null) await retagLater(repo, episode.id)
    return saved
  })
}

/** Deletes a draft with all that belongs to it. One that is out, or will be, is unpublished first. */
export async function deleteEpisode(
  repo: Repo,
  { id }: Pick<Episode, 'id'>,
): Promise<Saved<typeof Episode>> {
  return repo.transaction(async () => {
    const episode = await repo.getOrThrow(from(Episode).lock('for update'), id)
    if (!episode.published) return repo.delete(episode)
    const message = 'is out, or will be: unpublish it first'
    return { ok: false, changeset: addError(change(episode), 'published', message) }
  })
}
