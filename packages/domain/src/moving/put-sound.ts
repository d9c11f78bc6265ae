import { readAudio } from '@showrunner/audio'
import { change, from } from '@showrunner/data'
import { Episode } from '../episodes/index.ts'
import { addressOf, RefusedError, secondsOf, storeAudio } from '../uploads/index.ts'
import { type Placing, type Put } from './placing.ts'

/**
 * Stores a recording as it came: nothing is written into it, now or later, unless somebody turns that on, so that listeners have
 * the same file as before. Of the episode nothing changes but where it lies, and what was measured of it.
 */
export async function putSound({ parts, repo, file, path }: Placing): Promise<Put> {
  const audio = await readAudio(path)
  const { podcastId, address } = file
  const having = from(Episode).where({ podcastId, audioUrl: address })
  const [first] = await repo.all(having.orderBy({ id: 'desc' }).limit(1))
  if (!first) throw new RefusedError('Nothing of the podcast has this address any more.')
  const key = await storeAudio({ parts, repo }, first, audio, path)
  const values = {
    audioUrl: addressOf(key),
    audioType: audio.mediaType,
    audioBytes: audio.bytes,
    audioDuration: secondsOf(audio),
    audioBitrate: audio.bitrate,
    audioOriginalKey: key,
    audioTagsDigest: null,
    tagAudio: false,
  }
  return {
    key,
    bytes: audio.bytes,
    message: null,
    write: async () => {
      for (const episode of await repo.all(having.lock('for update')))
        await repo.updateOrThrow(change(episode, values))
    },
  }
}
