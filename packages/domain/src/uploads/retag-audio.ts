import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { change, type Repo } from '@showrunner/data'
import { Episode } from '../episodes/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { digestOf, tagsOf, withPictures } from './episode-tags.ts'
import { type UploadParts } from './parts.ts'
import { addressOf, keyOf, storeFile } from './stored-file.ts'
import { tagFile } from './tag-file.ts'

/** Writes the file of an episode again, from the original, where it would say something else now. */
export async function retagEpisode(parts: UploadParts, episodeId: number): Promise<void> {
  const repo = parts.repo.unscoped()
  const episode = await repo.get(Episode, episodeId)
  if (!episode?.audioOriginalKey || keyOf(episode.audioUrl) === undefined) return
  if (episode.audioType !== 'audio/mpeg') return
  if (!episode.tagAudio) return useOriginal({ ...parts, repo }, episode, episode.audioOriginalKey)
  await retag({ ...parts, repo }, episode, episode.audioOriginalKey)
}

async function retag(parts: UploadParts, episode: Episode, originalKey: string): Promise<void> {
  const { repo, storage, staging } = parts
  const tags = await tagsOf(repo, episode)
  const digest = digestOf(tags, originalKey)
  if (episode.audioTagsDigest === digest) return
  const written = await staging.withFolder(async (folder) => {
    const original = join(folder, 'original')
    await storage.fetch(originalKey, original)
    const file = await tagFile(original, await withPictures(parts, tags, folder), folder)
    if ('problem' in file) return undefined
    const { size } = await stat(file.path)
    return { key: await store(parts, episode, file.path), bytes: size }
  })
  if (!written) return
  const values = {
    audioUrl: addressOf(written.key),
    audioBytes: written.bytes,
    audioTagsDigest: digest,
  }
  await unlessReplaced(repo, episode, values)
}

/** The option was turned off: the file is served as it came. */
async function useOriginal(
  { repo, storage }: UploadParts,
  episode: Episode,
  originalKey: string,
): Promise<void> {
  const audioUrl = addressOf(originalKey)
  const original = await storage.head(originalKey)
  if (!original || episode.audioUrl === audioUrl) return
  const values = { audioUrl, audioBytes: original.bytes, audioTagsDigest: null }
  await unlessReplaced(repo, episode, values)
}

async function store(parts: UploadParts, episode: Episode, path: string): Promise<string> {
  const podcast = await parts.repo.getOrThrow(Podcast, episode.podcastId)
  return storeFile(parts, path, {
    folder: `episodes/${episode.id}`,
    extension: 'mp3',
    type: 'audio/mpeg',
    name: `${podcast.slug}-${episode.slug}.mp3`,
  })
}

/** Another recording may have come while this one was written. */
async function unlessReplaced(
  repo: Repo,
  { id, audioUrl }: Episode,
  values: Pick<Episode, 'audioUrl' | 'audioBytes' | 'audioTagsDigest'>,
): Promise<void> {
  await repo.transaction(async () => {
    const now = await repo.get(Episode, id)
    if (now?.audioUrl === audioUrl) await repo.updateOrThrow(change(now, values))
  })
}
