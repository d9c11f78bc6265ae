import { change, type Repo } from '@showrunner/data'
import { Episode, mayOrThrow } from '../episodes/index.ts'
import { type Actor } from '../policies/index.ts'
import { retagLater } from './retag-later.ts'

/**
 * Says whether title, cover and chapters are written into the file of an episode.
 *
 * @throws NotFoundError, NotAllowedError
 */
export async function setTagAudio(
  repo: Repo,
  actor: Actor,
  episodeId: number,
  tagAudio: boolean,
): Promise<void> {
  const episode = await repo.getOrThrow(Episode, episodeId)
  mayOrThrow(actor, 'update', episode)
  await repo.transaction(async () => {
    await repo.updateOrThrow(change(episode, { tagAudio }))
    await retagLater(repo, episodeId)
  })
}
