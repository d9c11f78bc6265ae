import { stat } from 'node:fs/promises'
import { ArtworkError, PORTRAIT, readArtwork } from '@showrunner/artwork'
import { type Audio, type Chapter as FileChapter, readAudio } from '@showrunner/audio'
import { change } from '@showrunner/data'
import { Episode, replaceChapters } from '../episodes/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { chaptersOf, digestOf, type TaggedChapter, tagsOf, withPictures } from './episode-tags.ts'
import { storePicture } from './pictures.ts'
import { addressOf, storeFile } from './stored-file.ts'
import { notTagged, tagFile } from './tag-file.ts'
import { type Taken, type Taking } from './taking.ts'

/** A recording: measured, stored as it came, and once more with what the episode says of itself. */
export async function takeAudio(taking: Taking): Promise<Taken> {
  const { repo, upload, path } = taking
  const audio = await readAudio(path)
  const episode = await repo.getOrThrow(Episode, upload.subjectId)
  const chapters = await chaptersToTake(taking, audio, episode)
  const originalKey = await storeAudio(taking, episode, audio, path)
  const tags = await tagsOf(repo, episode, chapters)
  const tagged = episode.tagAudio ? await storeTagged(taking, episode, audio, tags) : {}
  const key = tagged.key ?? originalKey
  const noted = tagged.problem === undefined ? null : notTagged(tagged.problem)
  return {
    resultKey: key,
    message: noted,
    write: async () => {
      const values = {
        audioUrl: addressOf(key),
        audioType: audio.mediaType,
        audioBytes: tagged.bytes ?? audio.bytes,
        audioDuration: secondsOf(audio),
        audioBitrate: audio.bitrate,
        audioOriginalKey: originalKey,
        audioTagsDigest: tagged.key === undefined ? null : digestOf(tags, originalKey),
      }
      await repo.updateOrThrow(change(await repo.getOrThrow(Episode, episode.id), values))
      if (chapters) await replaceChapters(repo, episode, chapters.map(plain))
    },
  }
}

/** A second recording, for members: with the episode's title and cover, and the chapters that it came with. */
export async function takeMembersAudio(taking: Taking): Promise<Taken> {
  const { parts, repo, upload, path, folder } = taking
  const audio = await readAudio(path)
  const episode = await repo.getOrThrow(Episode, upload.subjectId)
  const isTagged = episode.tagAudio && audio.type === 'mp3'
  const tags = isTagged && (await withPictures(parts, await tagsOf(repo, episode, []), folder))
  const file = tags ? await tagFile(path, { ...tags, chapters: audio.chapters }, folder) : { path }
  const stored = 'path' in file ? file.path : path
  const key = await storeAudio(taking, episode, audio, stored)
  const { size: membersAudioBytes } = await stat(stored)
  return {
    resultKey: key,
    message: 'problem' in file ? notTagged(file.problem) : null,
    write: async () => {
      const values = {
        membersAudioUrl: addressOf(key),
        membersAudioType: audio.mediaType,
        membersAudioBytes,
        membersAudioDuration: secondsOf(audio),
      }
      await repo.updateOrThrow(change(await repo.getOrThrow(Episode, episode.id), values))
    },
  }
}

interface Tagged {
  readonly key?: string
  readonly bytes?: number
  readonly problem?: string
}

async function storeTagged(
  taking: Taking,
  episode: Episode,
  audio: Audio,
  tags: Awaited<ReturnType<typeof tagsOf>>,
): Promise<Tagged> {
  if (audio.type !== 'mp3') return {}
  const { parts, path, folder } = taking
  const file = await tagFile(path, await withPictures(parts, tags, folder), folder)
  if ('problem' in file) return file
  const { size } = await stat(file.path)
  return { key: await storeAudio(taking, episode, audio, file.path), bytes: size }
}

/** Stores a recording of an episode under the name that the episode gives it. */
export async function storeAudio(
  { parts, repo }: Pick<Taking, 'parts' | 'repo'>,
  { id, slug, podcastId }: Episode,
  { extension, mediaType }: Audio,
  path: string,
): Promise<string> {
  const podcast = await repo.getOrThrow(Podcast, podcastId)
  const name = `${podcast.slug}-${slug}.${extension}`
  return storeFile(parts, path, { folder: `episodes/${id}`, extension, type: mediaType, name })
}

/** The chapters of the file, where the episode has none: with their pictures, which are stored for that. */
async function chaptersToTake(
  taking: Taking,
  { chapters }: Audio,
  { id }: Episode,
): Promise<readonly TaggedChapter[] | undefined> {
  if (chapters.length === 0 || (await chaptersOf(taking.repo, id)).length > 0) return undefined
  const taken: TaggedChapter[] = []
  for (const chapter of chapters) {
    const { startsMs, endsMs, title, link, hidden } = chapter
    const imageUrl = (await storeChapterPicture(taking, id, chapter)) ?? chapter.imageUrl
    taken.push({ startsMs, endsMs, title, linkUrl: link, imageUrl, hidden })
  }
  return taken
}

async function storeChapterPicture(
  { parts }: Taking,
  episodeId: number,
  { picture }: FileChapter,
): Promise<string | undefined> {
  if (!picture) return undefined
  try {
    await readArtwork(picture.data, { ...PORTRAIT, least: 1 })
    return addressOf(await storePicture(parts, picture.data, `episodes/${episodeId}`))
  } catch (error) {
    // A chapter is worth more than its picture.
    if (error instanceof ArtworkError) return undefined
    throw error
  }
}

function plain({ linkUrl, ...chapter }: TaggedChapter) {
  return { ...chapter, link: linkUrl }
}

export function secondsOf({ durationMs }: Audio): number {
  return Math.max(1, Math.round(durationMs / 1000))
}
