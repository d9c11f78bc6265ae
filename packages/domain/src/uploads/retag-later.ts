import { type Repo } from '@showrunner/data'
import { enqueue } from '@showrunner/jobs'
import { retagAudio } from './jobs.ts'

const DELAY_MS = 20_000

/**
 * What an episode says of itself in its file may have changed: the file is written again soon. Somebody who saves often has it
 * written once, and where nothing in it would change it is not.
 */
export async function retagLater(repo: Repo, episodeId: number): Promise<void> {
  const options = { key: `retag_audio:${episodeId}`, delayMs: DELAY_MS }
  await enqueue(repo.unscoped(), retagAudio, { episodeId }, options)
}
