/** A picture in a file: its type by content, as are its width and height in pixels. */
export interface Picture {
  readonly data: Uint8Array
  readonly mediaType: string
  readonly width: number
  readonly height: number
}

/** A named stretch of a recording. One without an end lasts until the next. A hidden one is not in the table of contents. */
export interface Chapter {
  readonly startsMs: number
  readonly endsMs: number | null
  readonly title: string | null
  readonly link: string | null
  readonly imageUrl: string | null
  readonly hidden: boolean
  readonly picture: Picture | null
}

/** A chapter of which only this much is known. */
export function plainChapter(
  startsMs: number,
  endsMs: number | null,
  title: string | null,
  link: string | null = null,
): Chapter {
  const later = endsMs !== null && endsMs > startsMs ? endsMs : null
  return { startsMs, endsMs: later, title, link, imageUrl: null, hidden: false, picture: null }
}

/** Chapters in the order they play. */
export function inOrder(chapters: readonly Chapter[]): Chapter[] {
  return chapters.toSorted((a, b) => a.startsMs - b.startsMs)
}
