import { from, type NewRow, type Repo } from '@showrunner/data'
import { type Chapter as PlainChapter } from '@showrunner/feeds'
import { Chapter } from './chapter.ts'
import { Episode } from './episode.ts'

/** An episode, and whose it is. */
export type EpisodeKey = Pick<Episode, 'id' | 'podcastId'>

/** Longer than any episode, and what the column holds. */
const LATEST_MS = 2 ** 31 - 1

/**
 * Gives an episode these chapters instead of those it has. `digest` is that of the document they were read from,
 * null where they come from elsewhere.
 */
export async function replaceChapters(
  repo: Repo,
  episode: EpisodeKey,
  chapters: readonly PlainChapter[],
  digest: string | null = null,
): Promise<void> {
  await repo.transaction(async () => {
    await repo.deleteAll(from(Chapter).where({ episodeId: episode.id }))
    await repo.insertAll(Chapter, chapterRows(episode, chapters))
    await repo.updateAll(from(Episode).where({ id: episode.id }), { chaptersDigest: digest })
  })
}

/** Chapters as rows: what could not be true is left out, and what has no title is not listed. */
export function chapterRows(
  { id: episodeId, podcastId }: EpisodeKey,
  chapters: readonly PlainChapter[],
): NewRow<typeof Chapter>[] {
  return chapters
    .filter(({ startsMs }) => startsMs >= 0 && startsMs <= LATEST_MS)
    .map(({ startsMs, endsMs, title, link, imageUrl, hidden }, position) => ({
      episodeId,
      podcastId,
      position,
      startsMs: Math.round(startsMs),
      endsMs: endsMs !== null && endsMs > startsMs && endsMs <= LATEST_MS ? endsMs : null,
      title: title?.trim() || null,
      linkUrl: link,
      imageUrl,
      hidden: hidden || !title?.trim(),
    }))
}
