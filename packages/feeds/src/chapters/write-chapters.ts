import { type Chapter } from '../feed.ts'

/** What a chapters file may say of the episode it belongs to. */
export interface ChaptersAbout {
  readonly title?: string
  readonly podcastName?: string
  readonly author?: string
}

/** Writes JSON chapters 1.2, to be served as `application/json+chapters`. */
export function writeChapters(chapters: readonly Chapter[], about: ChaptersAbout = {}): string {
  const list = chapters.toSorted((a, b) => a.startsMs - b.startsMs).map(jsonChapter)
  return `${JSON.stringify({ version: '1.2.0', ...about, chapters: list }, null, 2)}\n`
}

function jsonChapter({ startsMs, endsMs, title, link, imageUrl, hidden }: Chapter): object {
  return {
    startTime: startsMs / 1000,
    ...(endsMs !== null && { endTime: endsMs / 1000 }),
    ...(title !== null && { title }),
    ...(imageUrl !== null && { img: imageUrl }),
    ...(link !== null && { url: link }),
    ...(hidden && { toc: false }),
  }
}
