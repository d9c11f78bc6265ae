import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pictureType } from '@showrunner/artwork'
import { type NewChapter, type NewPicture, type NewTags } from '@showrunner/audio'
import { from, type Repo } from '@showrunner/data'
import { Chapter, type Episode } from '../episodes/index.ts'
import { Podcast } from '../podcasts/index.ts'
import { getSettings } from '../settings/index.ts'
import { type UploadParts } from './parts.ts'
import { pictureOfWidth } from './pictures.ts'
import { keyOf } from './stored-file.ts'

/** A chapter, as far as it is written into a file. */
export type TaggedChapter = Pick<
  Chapter,
  'startsMs' | 'endsMs' | 'title' | 'linkUrl' | 'imageUrl' | 'hidden'
>

/** What an episode says of itself in its file. Pictures are named by their addresses. */
export interface EpisodeTags {
  readonly texts: Omit<NewTags, 'cover' | 'chapters'>
  readonly coverUrl: string | null
  readonly chapters: readonly TaggedChapter[]
}

const COVER_WIDTH = 1200
const CHAPTER_WIDTH = 400
const MOST_CHAPTERS = 255

/** What would be written into the file of an episode now; with other chapters than its own, where they are given. */
export async function tagsOf(
  repo: Repo,
  episode: Episode,
  chapters?: readonly TaggedChapter[],
): Promise<EpisodeTags> {
  const [podcast, settings, own] = await Promise.all([
    repo.getOrThrow(Podcast, episode.podcastId),
    getSettings(repo),
    chapters ?? chaptersOf(repo, episode.id),
  ])
  const { number } = episode
  return {
    texts: {
      title: episode.title,
      artist: podcast.author ?? podcast.title,
      album: podcast.title,
      genre: 'Podcast',
      publisher: settings.title,
      year: episode.publishedAt?.getUTCFullYear() ?? null,
      track: number !== null && Number.isInteger(number) && number > 0 ? number : null,
      comment: episode.subtitle,
    },
    coverUrl: episode.coverUrl ?? podcast.coverUrl,
    chapters: own
      .slice(0, MOST_CHAPTERS)
      .map(({ startsMs, endsMs, title, linkUrl, imageUrl, hidden }) => ({
        startsMs,
        endsMs,
        title,
        linkUrl,
        imageUrl,
        hidden,
      })),
  }
}

export function chaptersOf(repo: Repo, episodeId: number): Promise<readonly Chapter[]> {
  return repo.all(from(Chapter).where({ episodeId }).orderBy({ startsMs: 'asc', id: 'asc' }))
}

/** The same tags in the same file are the same digest. */
export function digestOf(tags: EpisodeTags, originalKey: string): string {
  return createHash('sha256')
    .update(JSON.stringify([originalKey, tags]))
    .digest('hex')
}

/** With the pictures themselves, as far as they lie with us: nothing is fetched from elsewhere. */
export async function withPictures(
  parts: UploadParts,
  { texts, coverUrl, chapters }: EpisodeTags,
  folder: string,
): Promise<NewTags> {
  const pictures = new Map<string, NewPicture | null>()
  const picture = async (address: string | null, width: number): Promise<NewPicture | null> => {
    if (address === null) return null
    const known = pictures.get(address)
    if (known !== undefined) return known
    const read = await readPicture(parts, pictureOfWidth(address, width), folder)
    pictures.set(address, read)
    return read
  }
  const written: NewChapter[] = []
  for (const { startsMs, endsMs, title, linkUrl, imageUrl, hidden } of chapters)
    written.push({
      startsMs,
      endsMs,
      title,
      hidden,
      link: linkUrl !== null && URL.canParse(linkUrl) ? linkUrl : null,
      picture: await picture(imageUrl, CHAPTER_WIDTH),
    })
  return { ...texts, cover: await picture(coverUrl, COVER_WIDTH), chapters: written }
}

async function readPicture(
  { storage }: UploadParts,
  address: string,
  folder: string,
): Promise<NewPicture | null> {
  const key = keyOf(address)
  if (key === undefined || !(await storage.head(key))) return null
  const path = join(folder, 'picture')
  await storage.fetch(key, path)
  const data = await readFile(path)
  // Players show these two everywhere.
  return ['jpeg', 'png'].includes(pictureType(data) ?? '') ? { data } : null
}
