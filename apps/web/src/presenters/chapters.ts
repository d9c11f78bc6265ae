import { timeCode, type TimeCode } from './durations.ts'
import { hostOf } from './web-address.ts'
import { type Words } from '../words/index.ts'

/** A chapter in the rundown of an episode, and as a bar line of the player's score. */
export interface ChapterLine {
  readonly number: number
  readonly at: TimeCode
  readonly title: string
  readonly link: { readonly href: string; readonly host: string } | null
  readonly imageUrl: string | null
  /** Where it begins, in percents of the episode; nothing when nobody knows how long that is. */
  readonly from: number | null
  /** Whether its number would stand in that of the one before. */
  readonly crowded: boolean
}

interface ChapterRow {
  readonly startsMs: number
  readonly title: string | null
  readonly linkUrl: string | null
  readonly imageUrl: string | null
  readonly hidden: boolean
}

const NUMBER_WIDTH = 1.6

export function chapterLines(
  chapters: readonly ChapterRow[],
  durationSeconds: number | null,
  words: Words,
): readonly ChapterLine[] {
  const listed = chapters.filter((chapter) => !chapter.hidden)
  const places = listed.map(({ startsMs }) => place(startsMs, durationSeconds))

  return listed.map(({ startsMs, title, linkUrl, imageUrl }, index) => ({
    number: index + 1,
    at: timeCode(startsMs / 1000),
    title: title ?? words.episode.chapter(index + 1),
    link: linkUrl ? { href: linkUrl, host: hostOf(linkUrl) } : null,
    imageUrl,
    from: places[index] ?? null,
    crowded: index > 0 && (places[index] ?? 0) - (places[index - 1] ?? 0) < NUMBER_WIDTH,
  }))
}

function place(startsMs: number, durationSeconds: number | null): number | null {
  if (!durationSeconds) return null

  return Math.min(100, Math.round((startsMs / durationSeconds) * 10) / 100)
}
