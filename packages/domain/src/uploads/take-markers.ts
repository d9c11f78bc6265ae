import { open, readFile } from 'node:fs/promises'
import {
  type Chapter as FileChapter,
  HEAD_BYTES,
  readCuePoints,
  readMarkers,
  recognise,
} from '@showrunner/audio'
import { type Repo } from '@showrunner/data'
import { Episode, replaceChapters } from '../episodes/index.ts'
import { RefusedError } from './errors.ts'
import { retagLater } from './retag-later.ts'
import { type Taken, type Taking } from './taking.ts'

const MOST_LIST_BYTES = 1_000_000

/** The markers of a WAV, or of a list that an editor exported, as chapters. The file itself is not kept. */
export async function takeMarkers({ repo, upload, path }: Taking): Promise<Taken> {
  const chapters = (await isWave(path)) ? await readCuePoints(path) : await readList(path)
  if (chapters.length === 0)
    throw new RefusedError(
      'There are no markers in it. Set them in your editor, export the WAV with markers, and upload it again.',
    )
  return {
    resultKey: null,
    message:
      chapters.length === 1
        ? 'One chapter was made of it.'
        : `${chapters.length} chapters were made of it.`,
    write: async () =>
      putChapters(repo, await repo.getOrThrow(Episode, upload.subjectId), chapters),
  }
}

/** Chapters of a list of markers that somebody pasted, or what is wrong with it, line by line. */
export function chaptersFromMarkers(text: string): ReturnType<typeof readMarkers> {
  return readMarkers(text)
}

/** Gives an episode these chapters instead of those it has. */
export async function putChapters(
  repo: Repo,
  episode: Pick<Episode, 'id' | 'podcastId'>,
  chapters: readonly FileChapter[],
): Promise<void> {
  await repo.transaction(async () => {
    await replaceChapters(repo, episode, chapters)
    await retagLater(repo, episode.id)
  })
}

async function isWave(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const head = Buffer.alloc(HEAD_BYTES)
    const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0)
    const found = await recognise(head.subarray(0, bytesRead))
    if (found.kind === 'audio' && found.type === 'wav') return true
    if (found.kind === 'other' && found.mediaType === 'text/plain') return false
    throw new RefusedError(
      `This is ${found.name}. Markers are read from a WAV, or from a list as text.`,
    )
  } finally {
    await file.close()
  }
}

async function readList(path: string): Promise<readonly FileChapter[]> {
  const bytes = await readFile(path)
  if (bytes.length > MOST_LIST_BYTES)
    throw new RefusedError('The list is longer than any list of markers.')
  const read = readMarkers(bytes.toString('utf8'))
  if (read.ok) return read.chapters
  const [first] = read.errors
  throw new RefusedError(first ? `Line ${first.line}: ${first.message}` : 'It cannot be read.')
}
