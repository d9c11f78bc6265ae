import { type Chapter } from '../chapter.ts'

/** Who goes back this soon after the beginning of a chapter means the one before. */
const JUST_BEGUN = 3

/** Where the chapter begins that follows; undefined after the last one. */
export function nextStart(chapters: readonly Chapter[], place: number): number | undefined {
  return listedStarts(chapters).find((at) => at > place + 0.25)
}

/** Where the present chapter began, or the one before if it has only just begun. */
export function previousStart(chapters: readonly Chapter[], place: number): number {
  return listedStarts(chapters).findLast((at) => at < place - JUST_BEGUN) ?? 0
}

function listedStarts(chapters: readonly Chapter[]): readonly number[] {
  return chapters.filter(({ listed }) => listed).map(({ at }) => at)
}
